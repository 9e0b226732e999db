using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Modbus;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Isobar.Lab.Tests.Presses;

/// <summary>The hands on a run: verbs, the lease of the press, replay of what was done.</summary>
public sealed class RunControlTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isobar-control-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(_folder.FullName, "lab.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_run_is_held_resumed_by_a_person_with_a_reason_and_replays_to_the_last_bit()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        (string id, RunRecord run) = await RunAsync(lab, async control =>
        {
            Assert.StartsWith("refused", await control.AskAsync(PressVerb.Unhold, "nothing to resume"), StringComparison.Ordinal);
            Assert.Contains("is held", await control.AskAsync(PressVerb.Hold, "A: look at the die"), StringComparison.Ordinal);
            Assert.Contains("needs a reason", await control.AskAsync(PressVerb.Unhold, " "), StringComparison.Ordinal);
            Assert.StartsWith("done", await control.AskAsync(PressVerb.Unhold, "A: all well"), StringComparison.Ordinal);
        });
        Assert.Equal(RunOutcome.Completed, run.Outcome);
        Assert.Contains(run.Events, e => e.Kind == RunEventKind.Held);
        Assert.Contains(run.Events, e => e.Kind == RunEventKind.Resumed && e.Text.Contains("all well", StringComparison.Ordinal));
        ReplayResult replay = RunAudit.Replay(lab, lab.Runs()[0]);
        Assert.Null(replay.Difference);
        Assert.Equal(run.Samples.Length, replay.Samples);
        Assert.Equal(run.Events.Length, replay.Events);
        Assert.True(lab.Verify(id).Intact, lab.Verify(id).Text);
    }

    [Fact]
    public async Task A_paused_run_waits_after_its_step_and_an_aborted_one_dumps()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        (_, RunRecord run) = await RunAsync(lab, async control =>
        {
            Assert.Contains("present step", await control.AskAsync(PressVerb.Pause, "A"), StringComparison.Ordinal);
            Assert.Contains("abort", await control.AskAsync(PressVerb.Abort, "A: smells of oil"), StringComparison.Ordinal);
        });
        Assert.Equal(RunOutcome.Aborted, run.Outcome);
        Assert.Null(RunAudit.Replay(lab, lab.Runs()[0]).Difference);
    }

    [Fact]
    public async Task A_run_at_unlimited_speed_that_comes_to_rest_is_stopped_where_nobody_can_resume_it()
    {
        Protocol guarded = Scenario.Short() with { Steps = [.. Scenario.Short().Steps.Select(step => step is RampStep ? step with { Guard = new StepGuard(GuardAction.Hold) { Highest = Scenario.Mpa(50) } } : step)] };
        SimulatedPress press = Scenario.Press(3);
        RunRecord run = await Scenario.RunAsync(guarded, press);
        Assert.Equal(RunOutcome.Stopped, run.Outcome);
        Assert.Contains(run.Events, e => e.Text.Contains("nobody is there to resume", StringComparison.Ordinal));
        Assert.InRange(press.Plant.ForceNewtons, 0, 40);
    }

    // Invariant: a device that released on its own while the link was down is not pressed up again until a person resumes.
    [Fact]
    public async Task After_a_lost_link_the_press_is_not_pressed_up_again_by_itself()
    {
        SimulatedPress press = Scenario.Press(6, new PressFault(PressFaultKind.LinkLoss, new Duration(20), new Duration(1.5)));
        var control = new RunControl();
        using var stop = new CancellationTokenSource();
        double most = 0, atReturn = double.NaN, before = 0;
        var watched = new Watched(press, time =>
        {
            if (time < 20) before = press.Plant.ForceNewtons;
            if (time < 21.6) return;
            if (double.IsNaN(atReturn)) atReturn = press.Plant.ForceNewtons;
            most = Math.Max(most, press.Plant.ForceNewtons);
            if (time > 25) stop.Cancel();
        });
        RunRecord run = await RunEngine.RunAsync(
            Scenario.Short(), watched, new NoSink(), new AutomaticOperator(new Duration(1)), new NoInstrument(), new RunClock(TimeProvider.System, 400), null, control, stop.Token);
        Assert.Contains(run.Events, e => e.Kind == RunEventKind.Suspended);
        Assert.Equal(RunOutcome.Stopped, run.Outcome);
        // The reading by which the press is held is up to two ticks older than the command; in 0.1 s this device releases a hundredth of its capacity.
        Assert.InRange(most, 0, atReturn + 490 + 40);
        Assert.True(before > most + 490, $"{before} N before the loss, {most} N afterwards: the test would not see a press that goes back");
    }

    [Fact]
    public async Task A_real_press_is_commanded_under_a_lease_only()
    {
        var device = new SimulatedPressDevice(Scenario.Press(3));
        await using var server = new ModbusTcpServer(device, 1, 0);
        await using var driver = new ModbusPress(Modbus.ModbusPressTests.Profile(server.Port));
        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => RunEngine.RunAsync(
            Scenario.Short(), driver, new NoSink(), new AutomaticOperator(new Duration(1)), new NoInstrument(), RunClock.RealTime, null, Token));
        Assert.Contains("lease", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_who_ask_for_a_press_at_once_one_gets_it()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        var got = new System.Collections.Concurrent.ConcurrentBag<PressLease>();
        var refused = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
        {
            try
            {
                got.Add(PressLease.Take(lab, "press", $"person {i}", null, TimeProvider.System));
            }
            catch (PressBusyException exception)
            {
                refused.Add(exception.Message);
            }
        });
        PressLease one = Assert.Single(got);
        Assert.Equal(199, refused.Count);
        Assert.All(refused, message => Assert.Contains(one.Who, message, StringComparison.Ordinal));
        one.Release(null);
        using PressLease next = PressLease.Take(lab, "press", "next", null, TimeProvider.System);
        Assert.Equal(one.Token + 1, next.Token);
        one.Dispose();
    }

    [Fact]
    public void A_lease_that_falls_silent_is_lost_and_the_press_waits_for_a_person()
    {
        var time = new FakeTimeProvider();
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath, time);
        using PressLease first = PressLease.Take(lab, "press", "A", "01RUN", time);
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.True(first.Renew());
        Assert.Null(first.Lost);
        time.Advance(PressLease.Lifetime + TimeSpan.FromSeconds(1));
        Assert.NotNull(first.Lost);
        Assert.False(first.Renew());
        PressBusyException left = Assert.Throws<PressBusyException>(() => PressLease.Take(lab, "press", "B", null, time));
        Assert.Contains("left without being let go", left.Message, StringComparison.Ordinal);
        Assert.Contains("01RUN", left.Message, StringComparison.Ordinal);
        PressLease.Clear(lab, "press", "B", "looked at it", time);
        using PressLease second = PressLease.Take(lab, "press", "B", null, time);
        Assert.True(second.Token > first.Token);
    }

    [Fact]
    public void A_lease_that_a_person_breaks_is_lost_at_the_next_renewal()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        using PressLease lease = PressLease.Take(lab, "press", "A", null, TimeProvider.System);
        Assert.True(PressLease.Clear(lab, "press", "B", "A has gone home", TimeProvider.System).IsHeld);
        Assert.False(lease.Renew());
        Assert.Contains("taken away", lease.Lost, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_asked_from_another_process_is_done_and_answered_on_record()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        (string id, RunRecord run) = await RunAsync(lab, async _ =>
        {
            using var requests = new RunRequests(lab, TimeProvider.System);
            string running = lab.Runs()[0].Id;
            long asked = requests.Ask(running, PressVerb.Stop, "enough", "A");
            while (requests.AnswerOf(asked) is null) await Task.Delay(5, Token);
            Assert.Contains("stopping", requests.AnswerOf(asked), StringComparison.Ordinal);
        });
        Assert.Equal(RunOutcome.Stopped, run.Outcome);
        Assert.Contains(run.Events, e => e.Kind == RunEventKind.StopRequested && e.Text.Contains("A: enough", StringComparison.Ordinal));
        Assert.Equal(id, lab.Runs()[0].Id);
    }

    [Fact]
    public async Task On_a_press_that_locks_its_pressure_stop_keeps_it_until_a_second_stop()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        var terms = new RunTerms { Stop = StopPolicy.Hold };
        double locked = double.NaN;
        SimulatedPress press = Scenario.Press(1);
        (string id, RunRecord run) = await RunAsync(lab, async control =>
        {
            Assert.Contains("is stopping", await control.AskAsync(PressVerb.Stop, "A: enough"), StringComparison.Ordinal);
            Assert.StartsWith("refused", await control.AskAsync(PressVerb.Unhold, "A: go on after all"), StringComparison.Ordinal);
            locked = press.Plant.ForceNewtons;
            Assert.Contains("is stopping", await control.AskAsync(PressVerb.Stop, "A: let it go"), StringComparison.Ordinal);
        }, press, terms);
        Assert.True(locked > 500, $"{locked} N were locked");
        Assert.Equal(RunOutcome.Stopped, run.Outcome);
        Assert.InRange(press.Plant.ForceNewtons, 0, 40);
        Assert.Equal(StopPolicy.Hold, lab.TermsOf(id).Stop);
        Assert.Null(RunAudit.Replay(lab, lab.Runs()[0]).Difference);
    }

    [Fact]
    public async Task A_run_at_unlimited_speed_does_not_wait_for_ever_with_a_locked_pressure()
    {
        Protocol guarded = Scenario.Short() with { Steps = [.. Scenario.Short().Steps.Select(step => step is RampStep ? step with { Guard = new StepGuard(GuardAction.Stop) { Highest = Scenario.Mpa(50) } } : step)] };
        SimulatedPress press = Scenario.Press(3);
        RunRecord run = await RunEngine.RunAsync(
            guarded, press, new NoSink(), new AutomaticOperator(new Duration(1)), new NoInstrument(), RunClock.AsFastAsPossible, null, null, new RunConditions { Terms = new RunTerms { Stop = StopPolicy.Hold } }, Token);
        Assert.Equal(RunOutcome.Stopped, run.Outcome);
        Assert.Contains(run.Events, e => e.Text.Contains("nobody is there to let go", StringComparison.Ordinal));
        Assert.InRange(press.Plant.ForceNewtons, 0, 40);
    }

    [Fact]
    public async Task A_prompt_is_answered_from_another_terminal_while_the_person_at_the_press_is_away()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        Protocol protocol = Scenario.Short() with { Steps = [new PromptStep("add cathode", "Spread the cathode.", "cathode"), .. Scenario.Short().Steps] };
        using RunWriter writer = lab.Begin(new RunDescription("demo", protocol, "simulated 5 t", "steps: []"));
        var control = new RunControl();
        await using var desk = new RunDesk(lab, writer.Id, control, null, TimeProvider.System);
        var away = new NobodyThere();
        Task<RunRecord> run = RunEngine.RunAsync(protocol, Scenario.Press(1), writer, away, new NoInstrument(), new RunClock(TimeProvider.System, 200), null, control, Token);
        await away.Asked;
        using var requests = new RunRequests(lab, TimeProvider.System);
        long answer = requests.Ask(writer.Id, null, "cathode is in", "Ada");
        RunRecord done = await run;
        Assert.Equal("done: the prompt is answered", requests.AnswerOf(answer));
        Assert.Equal(RunOutcome.Completed, done.Outcome);
        Assert.Contains(done.Events, e => e.Kind == RunEventKind.Confirmed && e.Text.Contains("Ada: cathode is in", StringComparison.Ordinal));
        Assert.True(away.WasLeft);
        Assert.Null(RunAudit.Replay(lab, lab.Runs()[0]).Difference);
        Assert.Null(requests.Of(writer.Id)[0].Verb);
    }

    [Fact]
    public async Task An_answer_that_no_prompt_waits_for_is_refused()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        await RunAsync(lab, async control =>
        {
            Assert.Contains("no prompt waits", await control.AnswerAsync("A: yes"), StringComparison.Ordinal);
            await control.AskAsync(PressVerb.Abort, "A: enough");
        });
    }

    // Fast enough that the test takes seconds, slow enough that there is time to ask.
    private static async Task<(string Id, RunRecord Run)> RunAsync(LabDatabase lab, Func<RunControl, Task> hands, SimulatedPress? press = null, RunTerms? terms = null)
    {
        var control = new RunControl();
        Protocol protocol = Scenario.Short();
        using RunWriter writer = lab.Begin(new RunDescription("demo", protocol, "simulated 5 t", "steps: []") { Terms = terms ?? RunTerms.Plain });
        await using var desk = new RunDesk(lab, writer.Id, control, null, TimeProvider.System);
        var touched = new TaskCompletionSource();
        var progress = new Seen(at => { if (at.Sample.TimeSeconds > 15) touched.TrySetResult(); });
        Task<RunRecord> run = RunEngine.RunAsync(
            protocol,
            press ?? Scenario.Press(1),
            writer,
            new AutomaticOperator(new Duration(1)),
            new NoInstrument(),
            new RunClock(TimeProvider.System, 60),
            progress,
            control,
            new RunConditions { Terms = terms ?? RunTerms.Plain },
            Token);
        await Task.WhenAny(touched.Task, run);
        await hands(control);
        return (writer.Id, await run);
    }

    private sealed class Seen(Action<RunProgress> see) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => see(value);
    }

    private sealed class NobodyThere : IOperator
    {
        private readonly TaskCompletionSource _asked = new();

        public Task Asked => _asked.Task;

        public bool WasLeft { get; private set; }

        public async Task<Reply> ConfirmAsync(PromptRequest request, CancellationToken cancellation)
        {
            _asked.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            catch (OperationCanceledException)
            {
                WasLeft = true;
                throw;
            }

            throw new InvalidOperationException("nobody answers here");
        }
    }

    private sealed class Watched(SimulatedPress press, Action<double> tick) : IVirtualPress
    {
        private double _time;

        public string Name => press.Name;

        public void Load(Protocol protocol) => press.Load(protocol);

        public void Advance(Duration time)
        {
            press.Advance(time);
            _time += time.Seconds;
            tick(_time);
        }

        public void AddLayer(string name) => press.AddLayer(name);

        public ValueTask ConnectAsync(CancellationToken cancellation) => press.ConnectAsync(cancellation);

        public ValueTask WriteAsync(Force setpoint, uint heartbeat, CancellationToken cancellation) => press.WriteAsync(setpoint, heartbeat, cancellation);

        public ValueTask<PressSample> ReadAsync(CancellationToken cancellation) => press.ReadAsync(cancellation);

        public ValueTask DumpAsync(CancellationToken cancellation) => press.DumpAsync(cancellation);

        public ValueTask DisposeAsync() => press.DisposeAsync();
    }
}
