using System.Net;
using Lastro.Server.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lastro.Server.Tests.Http;

/// <summary>Two that would answer the same request at the same moment, over a real socket.</summary>
public sealed class FirstAnswerTests
{
    private const string Worked = """{"worked":"to the end, with some more text than the other"}""";
    private const string GivenUp = """{"given":"up"}""";

    [Fact]
    public async Task Whoever_is_first_the_answer_is_whole_and_of_one()
    {
        await using var app = App();
        app.Use(async (HttpContext context, RequestDelegate next) =>
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers["X-Said-Late"] = "yes";
                return Task.CompletedTask;
            });
            var answer = FirstAnswer.Of(context);
            var both = new Barrier(2);
            var work = Task.Run(async () =>
            {
                both.SignalAndWait();
                await next(context);
            });
            both.SignalAndWait();
            Thread.SpinWait(int.Parse(context.Request.Query["spin"]!, System.Globalization.CultureInfo.InvariantCulture));
            if (answer.TryTake())
            {
                context.Response.StatusCode = 503;
                context.Response.ContentLength = GivenUp.Length;
                await context.Response.WriteAsync(GivenUp);
                await context.Response.CompleteAsync();
                await Should.ThrowAsync<OperationCanceledException>(work);
                return;
            }

            await work;
            answer.WorkEnded();
        });
        app.Run(async context =>
        {
            context.Response.StatusCode = 201;
            context.Response.Headers["X-Worked"] = "yes";
            context.Response.ContentLength = Worked.Length;
            await context.Response.WriteAsync(Worked);
        });
        await app.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(app.Urls.First()) };
        var (worked, given) = (0, 0);
        for (var round = 0; round < 600 || (worked == 0 || given == 0) && round < 20_000; round++)
        {
            var answer = await client.GetAsync($"/?spin={round % 200 * 4}");
            var text = await answer.Content.ReadAsStringAsync();
            answer.Headers.Contains("X-Said-Late").ShouldBeTrue();
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                worked++;
                text.ShouldBe(Worked);
                answer.Headers.Contains("X-Worked").ShouldBeTrue();
                continue;
            }

            given++;
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            text.ShouldBe(GivenUp);
            answer.Headers.Contains("X-Worked").ShouldBeFalse();
        }

        (worked > 0 && given > 0).ShouldBeTrue($"{worked} by the work, {given} in its place: both must come up");
    }

    [Fact]
    public async Task An_answer_without_a_body_keeps_its_status_and_headers()
    {
        await using var app = App();
        app.Use(async (HttpContext context, RequestDelegate next) =>
        {
            var answer = FirstAnswer.Of(context);
            await next(context);
            answer.WorkEnded();
        });
        app.Run(context =>
        {
            context.Response.StatusCode = 204;
            context.Response.Headers["X-Worked"] = "yes";
            return Task.CompletedTask;
        });
        await app.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(app.Urls.First()) };
        var answer = await client.GetAsync("/");
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("X-Worked").ShouldBe(["yes"]);
    }

    private static WebApplication App()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }
}
