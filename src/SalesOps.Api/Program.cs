using System.CommandLine;
using SalesOps.Api.Cli;

// A server that is told to stop finishes what it has begun; what can't be finished in that time is cut off.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
return await SalesOpsCommand.Create().Parse(args).InvokeAsync(configuration);
