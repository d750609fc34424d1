namespace RemoteRendering.Sessions.Tests.Leases;

public class RenderingSessionLeaseTests
{
    [Theory]
    [InlineData(null, false, "00:10:00, not running")]
    [InlineData(1, false, "00:10:00, between 00:01:00 and 00:02:00 left")]
    [InlineData(0, true, "00:10:00, between 00:00:00 and 00:02:00 left, in doubt")]
    public void ToString_SaysWhatIsLeft(int? minutesAtLeast, bool isInDoubt, string text)
    {
        TimeSpan? atLeast = minutesAtLeast is { } minutes ? TimeSpan.FromMinutes((double)minutes) : null;
        Assert.Equal(text, new RenderingSessionLease(TimeSpan.FromMinutes(10.0), atLeast, TimeSpan.FromMinutes(2.0), isInDoubt).ToString());
    }
}
