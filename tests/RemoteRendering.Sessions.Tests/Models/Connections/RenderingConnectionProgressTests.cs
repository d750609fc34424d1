using System.Globalization;

namespace RemoteRendering.Sessions.Tests.Models.Connections;

public sealed class RenderingConnectionProgressTests
{
    private static readonly RenderingConnectionException s_failure = new(RenderingConnectionReason.Timeout, "It was late.");
    private static readonly DateTimeOffset s_next = new(2026, 3, 1, 12, 0, 5, TimeSpan.FromHours(1.0));

    [Theory]
    [InlineData(0, false, false, "0 attempts failed.")]
    [InlineData(1, true, false, "1 attempt failed. Last failure: It was late.")]
    [InlineData(2, true, true, "2 attempts failed, next attempt at 2026-03-01T12:00:05.0000000+01:00. Last failure: It was late.")]
    [InlineData(2, false, true, "2 attempts failed, next attempt at 2026-03-01T12:00:05.0000000+01:00.")]
    public void ToString_HasWhatIsKnown(int failed, bool hasFailure, bool hasNext, string text)
        => Assert.Equal(text, new RenderingConnectionProgress(failed, hasFailure ? s_failure : null, hasNext ? s_next : null).ToString());

    [Fact]
    public void ToString_InAnyCulture_IsTheSame()
    {
        var progress = new RenderingConnectionProgress(2, s_failure, s_next);
        string text = progress.ToString();
        CultureInfo before = CultureInfo.CurrentCulture;
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.NumberFormat.NativeDigits = ["٠", "١", "٢", "٣", "٤", "٥", "٦", "٧", "٨", "٩"];
        other.DateTimeFormat.TimeSeparator = ".";
        other.DateTimeFormat.DateSeparator = "/";
        try
        {
            CultureInfo.CurrentCulture = other;
            Assert.Equal(text, progress.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Members_AreThoseGiven()
    {
        var progress = new RenderingConnectionProgress(3, s_failure, s_next);

        Assert.Equal((3, s_failure, s_next), (progress.FailedAttempts, progress.LastFailure, progress.NextAttemptOn));
        progress = RenderingConnectionProgress.None;
        Assert.Equal((0, null, null), (progress.FailedAttempts, progress.LastFailure, progress.NextAttemptOn));
    }
}
