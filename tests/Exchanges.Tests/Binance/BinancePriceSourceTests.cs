using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Tests.Binance;

/// <summary>The source against the loopback server, one fault at a time.</summary>
public sealed class BinancePriceSourceTests
{
    [SharedFact(Recording.Stream)]
    public async Task Without_faults_everything_arrives_once_on_one_connection()
    {
        await using var run = await SourceRun.Start(change: SourceRun.Patient);
        await run.Finish();
        run.ShouldBeWhole(leastTops: 500);
        run.Server.Limits.Connects.ShouldBe(1, run.Story());
        run.Sink.LastState.ShouldBe(PriceSourceState.Live);
        run.Sink.Tickers.Keys.Select(symbol => symbol.Value).ShouldBe(["ETHUSDT"]);
        run.Sink.HeardCount.ShouldBeGreaterThan(41_000);
    }

    [SharedFact(Recording.Stream)]
    public async Task Cut_connections_leave_no_hole()
    {
        await using var run = await SourceRun.Start();
        foreach (var share in new[] { 0.1, 0.35, 0.37, 0.6, 0.95 })
        {
            await run.Server.Until(share);
            run.Server.ForEachSocket(socket => socket.Cut());
        }

        await run.Finish();
        run.ShouldBeWhole();
        run.Server.Limits.Connects.ShouldBeInRange(5, 20, run.Story());
        run.Seen.BooksLost.ShouldBeGreaterThanOrEqualTo(1);
        run.Sink.States.ShouldContain(state => state.State == PriceSourceState.Reconnecting);
    }

    [SharedFact(Recording.Stream)]
    public async Task A_connection_that_is_open_but_silent_is_replaced()
    {
        await using var run = await SourceRun.Start();
        await run.Server.Until(0.2);
        run.Server.Faults.Deaf = true;
        run.Server.Faults.SetMute("*", on: true);
        await run.Until(() => run.Sink.LastState == PriceSourceState.Reconnecting);
        run.Server.Faults.Deaf = false;
        run.Server.Faults.SetMute("*", on: false);
        await run.Finish();
        run.ShouldBeWhole();
        run.Sink.States.ShouldContain(state => state.Detail != null && state.Detail.Contains("open but silent"), run.Story());
    }

    [SharedFact(Recording.Stream)]
    public async Task Subscriptions_the_server_forgot_are_renewed_and_their_trades_fetched()
    {
        await using var run = await SourceRun.Start(speed: 60);
        foreach (var (share, stream) in new[] { (0.1, "@trade"), (0.4, "@bookTicker"), (0.6, "@depth@100ms"), (0.7, "@trade") })
        {
            await run.Server.Until(share);
            run.Server.ForEachSocket(socket => socket.Forget(stream));
        }

        await run.Finish();
        run.ShouldBeWhole();
        run.Sink.States.Count(state => state.Detail?.Contains("subscribed again") == true).ShouldBeGreaterThanOrEqualTo(3, run.Story());
    }

    [SharedFact(Recording.Stream)]
    public async Task A_stream_that_stays_silent_after_renewal_costs_the_connection()
    {
        await using var run = await SourceRun.Start(speed: 60);
        await run.Server.Until(0.1);
        run.Server.Faults.SetMute("trade", on: true);
        await run.Until(() => run.Server.Limits.Connects > 1);
        run.Server.Faults.SetMute("trade", on: false);
        await run.Finish();
        run.ShouldBeWhole();
        run.Sink.States.ShouldContain(state => state.Detail != null && state.Detail.Contains("stays silent"), run.Story());
    }

    [SharedFact(Recording.Stream)]
    public async Task Skipped_trades_are_fetched_and_a_skipped_change_costs_the_book()
    {
        await using var run = await SourceRun.Start(change: SourceRun.Patient);
        foreach (var share in new[] { 0.1, 0.3, 0.5, 0.7 })
        {
            await run.Server.Until(share);
            run.Server.Faults.Arm("skip@trade", 7);
            run.Server.Faults.Arm("skip@depth@100ms", 1);
        }

        await run.Finish();
        run.ShouldBeWhole();
        run.Server.Limits.Connects.ShouldBe(1, run.Story());
        run.Seen.BooksLost.ShouldBeInRange(1, 4);
        run.Seen.Snapshots.ShouldBe(run.Seen.BooksLost + 1);
    }

    [SharedFact(Recording.Stream)]
    public async Task Doubled_messages_count_once()
    {
        await using var run = await SourceRun.Start(before: faults => faults.Arm("double", 30_000));
        await run.Finish();
        run.ShouldBeWhole();
        run.Seen.BooksLost.ShouldBe(0);
    }

    [SharedFact(Recording.Stream)]
    public async Task Garbage_between_messages_is_reported_and_harmless()
    {
        await using var run = await SourceRun.Start();
        await run.Server.Until(0.3);
        run.Server.Faults.Arm("garbage", 5);
        await run.Finish();
        run.ShouldBeWhole();
        run.Sink.States.ShouldContain(state => state.Detail != null && state.Detail.Contains("unreadable"), run.Story());
    }

    [SharedFact(Recording.Stream)]
    public async Task Refused_and_unanswered_subscriptions_are_tried_again()
    {
        await using var run = await SourceRun.Start(before: faults =>
        {
            faults.Arm("refuse", 1);
            faults.Arm("unanswered", 1);
        });
        await run.Finish();
        run.ShouldBeWhole();
    }

    [SharedFact(Recording.Stream)]
    public async Task Refusals_of_the_REST_API_are_waited_out_in_silence()
    {
        await using var run = await SourceRun.Start(speed: 60, before: faults => faults.Arm("429", 1));
        await run.Server.Until(0.3);
        run.Server.Faults.Arm("418", 1);
        run.Server.Faults.Arm("skip@trade", 3);
        await run.Server.Until(0.6);
        run.Server.Faults.Arm("500", 2);
        run.Server.ForEachSocket(socket => socket.Cut());
        await run.Finish();
        run.ShouldBeWhole(leastTops: 20);
        run.Server.Limits.Refusals.ShouldBeGreaterThanOrEqualTo(2);
    }

    [SharedFact(Recording.Stream)]
    public async Task An_announced_shutdown_and_old_age_are_survived_without_backing_off()
    {
        await using var run = await SourceRun.Start(
            speed: 80, change: options => SourceRun.Patient(options) with { ConnectionAge = TimeSpan.FromSeconds(2) });
        await run.Until(() => run.Sink.LastState == PriceSourceState.Live);
        run.Server.ForEachSocket(socket => socket.SendRaw("{\"e\":\"serverShutdown\",\"E\":1770123456789}"));
        await run.Finish();
        run.ShouldBeWhole();
        run.Sink.States.ShouldContain(state => state.Detail != null && state.Detail.Contains("shuts down"), run.Story());
        run.Sink.States.ShouldContain(state => state.Detail != null && state.Detail.Contains("24-hour"), run.Story());
    }

    [SharedFact(Recording.Stream)]
    public async Task A_server_that_refuses_connections_is_tried_with_growing_pauses()
    {
        await using var run = await SourceRun.Start(change: SourceRun.Patient, before: faults => faults.Arm("unavailable", 6));
        await run.Finish();
        run.ShouldBeWhole();
        run.Server.Limits.Connects.ShouldBe(7, run.Story());
    }
}
