using RemoteRendering.Sessions.Connections.Runs;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Runs;

public sealed class AttemptBudgetTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly AttemptBudget _budget;

    public AttemptBudgetTests() => _budget = new AttemptBudget(_time);

    [Fact]
    public void Wait_FewerThanTenAttempts_IsZero()
    {
        Begin(AttemptBudget.Attempts - 1);
        Assert.Equal(TimeSpan.Zero, _budget.Wait);
    }

    [Theory]
    [InlineData(0, 10_000)]
    [InlineData(9_999, 1)]
    [InlineData(10_000, 0)]
    [InlineData(10_001, 0)]
    [InlineData(3_600_000, 0)]
    public void Wait_TenAttempts_LastsUntilTheFirstOfThemIsTenSecondsOld(int passedMilliseconds, int waitMilliseconds)
    {
        Begin(AttemptBudget.Attempts);
        _time.AdvanceAlone(TimeSpan.FromMilliseconds(passedMilliseconds));
        Assert.Equal(TimeSpan.FromMilliseconds(waitMilliseconds), _budget.Wait);
    }

    [Fact]
    public void Wait_MoreThanTenAttempts_CountsTheLastTen()
    {
        Begin(3);
        _time.AdvanceAlone(TimeSpan.FromSeconds(4));
        Begin(AttemptBudget.Attempts);
        Assert.Equal(TimeSpan.FromSeconds(10), _budget.Wait);
    }

    private void Begin(int attempts)
    {
        for (int i = 0; i < attempts; i++)
        {
            _budget.OnAttempt();
        }
    }
}
