using SalesOps.Api.Cli;

return await SalesOpsCommand.RunAsync(args);
