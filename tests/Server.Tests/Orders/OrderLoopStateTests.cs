using System.Net;
using Lastro.Server.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.Orders;

public sealed class OrderLoopStateTests
{
    [Fact]
    public async Task A_decision_that_cannot_be_written_shows_in_health_until_the_next_start()
    {
        await using var market = await ScriptedMarket.Around60000();
        var state = market.Host.Services.GetRequiredService<OrderLoopState>();
        async Task<(HttpStatusCode Status, string Body)> Ready()
        {
            using var answer = await market.Host.Client.GetAsync("/health/ready");
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }

        state.Failed(new TimeoutException("the disk is slow"));
        (await Ready()).Body.ShouldContain("the disk is slow");
        state.Recovered();
        (await Ready()).Body.ShouldContain("every decision is written");
        state.Park(new Decision { OrderId = 77, FillsBefore = 0, Revision = 0, TimeMs = 0 });
        state.Recovered();
        var ready = await Ready();
        (ready.Status, ready.Body.Contains("order 77 is parked", StringComparison.Ordinal), ready.Body.Contains("degraded", StringComparison.Ordinal))
            .ShouldBe((HttpStatusCode.OK, true, true), ready.Body);
    }
}
