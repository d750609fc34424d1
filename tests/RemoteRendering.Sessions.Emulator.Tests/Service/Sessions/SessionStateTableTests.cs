using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Service.Sessions;
namespace RemoteRendering.Sessions.Emulator.Tests.Service.Sessions;

public sealed class SessionStateTableTests
{
    private static readonly SessionState[] _ended = [SessionState.Stopped, SessionState.Expired, SessionState.Error];

    [Fact]
    public void Rules_HaveEachActionInEachStateOnce()
    {
        foreach (SessionAction action in Enum.GetValues<SessionAction>())
        {
            foreach (SessionState state in Enum.GetValues<SessionState>())
            {
                SessionRule rule = Assert.Single(SessionStateTable.Rules, rule => rule.Action == action && rule.State == state);
                Assert.Equal(rule.Answer, SessionStateTable.Answer(action, state));
            }
        }
    }

    [Fact]
    public void Transitions_EndedStates_AreLeftByForgettingOnly()
    {
        foreach (SessionState state in _ended)
        {
            SessionTransition row = Assert.Single(SessionStateTable.Transitions, row => row.From == state);
            Assert.Equal((SessionTrigger.RetentionOver, SessionState.None), (row.Trigger, row.To));
        }
    }

    [Fact]
    public void Transitions_EachTriggerOnceAState_AndEveryStateReached()
    {
        Assert.Equal(SessionStateTable.Transitions.Count, SessionStateTable.Transitions.DistinctBy(row => (row.From, row.Trigger)).Count());
        Assert.Equal(Enum.GetValues<SessionState>().Order(), SessionStateTable.Transitions.Select(row => row.To).Distinct().Order());
        Assert.Equal(Enum.GetValues<SessionTrigger>().Order(), SessionStateTable.Transitions.Select(row => row.Trigger).Distinct().Order());
    }

    [Fact]
    public void Next_OfWhatIsNotInTheTable_IsNull()
    {
        Assert.Equal(SessionState.Stopped, SessionStateTable.Next(SessionState.Ready, SessionTrigger.Stop));
        Assert.Null(SessionStateTable.Next(SessionState.Expired, SessionTrigger.Stop));
        Assert.Null(SessionStateTable.Next(SessionState.Starting, SessionTrigger.LeaseOver));
    }

    [Fact]
    public void Read_AnyFacts_MovesAlongTheTableAndNeverBack()
    {
        var random = new Random(20210129);
        for (int run = 0; run < 2_000; run++)
        {
            TimeSpan createdAt = Ticks(random.Next(10));
            var facts = new SessionFacts
            {
                CreatedAt = createdAt,
                StartEndsAt = createdAt + Ticks(random.Next(10)),
                Lease = Ticks(random.Next(10)),
                Retention = Ticks(random.Next(20)),
                Outcome = (StartOutcome)random.Next(3),
            };
            SessionState state = SessionState.Starting;
            TimeSpan hostTime = TimeSpan.Zero;
            for (TimeSpan now = facts.CreatedAt; now < Ticks(80); now += Ticks(1))
            {
                // What a client does at a moment is recorded only where the table lets it, as the ledger does.
                SessionState before = SessionStateTable.Read(facts, now).State;
                if (random.Next(12) == 0 && SessionStateTable.Next(before, SessionTrigger.Stop) is not null)
                {
                    facts.StoppedAt = now;
                }
                else if (random.Next(12) == 0 && SessionStateTable.Next(before, SessionTrigger.HostLost) is not null)
                {
                    facts.LostAt = now;
                }
                else if (random.Next(6) == 0 && SessionStateTable.Answer(SessionAction.ExtendLarger, before) == SessionAnswer.Ok)
                {
                    facts.Lease += Ticks(random.Next(5));
                }

                SessionReading reading = SessionStateTable.Read(facts, now);
                if (!IsPath(state, reading.State) || reading.HostTime < hostTime || reading.HostTime > facts.Lease)
                {
                    Assert.Fail($"{state} -> {reading} at {now} in run {run}");
                }

                state = reading.State;
                hostTime = reading.HostTime;
            }

            Assert.Equal(SessionState.None, state);
        }
    }

    private static TimeSpan Ticks(int count) => TimeSpan.FromTicks(count);

    private static bool IsPath(SessionState from, SessionState to)
        => from == to
            || SessionStateTable.Transitions.Any(row => row.From == from && row.Trigger != SessionTrigger.Create && IsPath(row.To, to));
}
