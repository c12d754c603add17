using Microsoft.Extensions.DependencyInjection;
using SalesOps.Api.Contracts;
using SalesOps.Store;
using Xunit;

namespace SalesOps.Integration.Tests.Contracts;

/// <summary>Two programs on one database: each thing that time does to a contract is recorded once.</summary>
public sealed class TwoClocksTests : IAsyncLifetime
{
    private const int Contracts = 12;

    private readonly FutureHost first = new();
    private FutureHost second = null!;

    public async Task InitializeAsync()
    {
        await first.InitializeAsync();
        second = new(first);
        await second.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await second.DisposeAsync();
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Renewals_are_recorded_once_by_two_programs_also_after_days_in_which_none_ran()
    {
        for (var contract = 0; contract < Contracts; contract++)
        {
            await DoAsync("contracts", $$"""
                {"id":"c{{contract}}","accountId":"acme","termStart":"2027-01-01","termEnd":"2027-12-31","noticeDays":60,
                 "autoRenew":true,"value":{"amount":"1000.00","currency":"USD"},"effectiveAt":"2026-12-01"}
                """);
            await DoAsync($"contracts/c{contract}/sign", """{"signedOn":"2026-12-01"}""");
        }

        // Years later both look at once, and neither asks who leads: all that keeps them apart is the version of the stream.
        first.Clock.Now = new(2033, 6, 1, 0, 0, 0, TimeSpan.Zero);
        await Task.WhenAll(WorkOffAsync(first), WorkOffAsync(second), WorkOffAsync(first), WorkOffAsync(second));
        await AssertOnceAsync(second, 2033);

        // The programs themselves, of which one leads, after two more years.
        first.Clock.Now = new(2035, 6, 1, 0, 0, 0, TimeSpan.Zero);
        await AssertOnceAsync(first, 2035);

        // Both are gone for 400 days; a third goes on.
        await second.DisposeAsync();
        var clock = first.Clock;
        clock.Now = clock.Now.AddDays(400);
        second = new(first);
        await second.InitializeAsync();
        await AssertOnceAsync(second, 2036);
        await WorkOffAsync(second);
        await AssertOnceAsync(second, 2036);
    }

    private static async Task WorkOffAsync(FutureHost host)
    {
        var clock = host.Services.GetServices<IReactor>().OfType<ContractClockReactor>().Single();
        await clock.WorkOffAsync(host.Clock.Now, default);
    }

    /// <summary>For each contract one renewal a year, at its own time, and nothing that was taken back.</summary>
    private static async Task AssertOnceAsync(FutureHost host, int year)
    {
        for (var contract = 0; contract < Contracts; contract++)
        {
            var expected = Enumerable.Range(2028, year - 2027).Select(start => $"contract_renewed {start}-01-01T00:00:00Z {start}-12-31");
            string[] renewals = [];
            for (var tries = 0; tries < 300 && renewals.Length < year - 2027; tries++)
            {
                await Task.Delay(tries == 0 ? 0 : 100);
                var history = (await host.GetAsync($"/v1/contracts/c{contract}/history")).Expect(200);
                renewals =
                [
                    .. history.Json.GetProperty("items").EnumerateArray()
                        .Where(item => item.GetProperty("type").GetString() is "contract_renewed" or "fact_voided")
                        .Select(item => $"{item.GetProperty("type").GetString()} {item.GetProperty("effectiveAt").GetString()} "
                            + item.GetProperty("data").GetProperty("term").GetProperty("end").GetString()),
                ];
            }

            Assert.Equal(expected, renewals);
        }
    }

    private async Task DoAsync(string path, string body)
    {
        var answer = await first.PostAsync($"/v1/{path}", body);
        Assert.True(answer.Status is 200 or 201, $"{path} {answer.Status}: {answer.Text}");
    }
}
