using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Models.Connections;

namespace RemoteRendering.Sessions.Tests.Connections.Messages;

public sealed class GoodbyeTests
{
    [Theory]
    [InlineData("SessionStopped", RenderingConnectionReason.SessionStopped, "The session was stopped.")]
    [InlineData("LeaseExpired", RenderingConnectionReason.LeaseExpired, "The lease of the session ran out.")]
    [InlineData("SessionFailed", RenderingConnectionReason.SessionFailed, "The session failed.")]
    [InlineData("TakenOver", RenderingConnectionReason.TakenOver, "Another device took over the session.")]
    [InlineData("Maintenance", RenderingConnectionReason.Maintenance, "The host is being restarted.")]
    [InlineData("LinkSuperseded", RenderingConnectionReason.LinkSuperseded, "A newer link of this device replaced this one.")]
    [InlineData("Sunset", RenderingConnectionReason.ConnectionLost, "The host ended the connection: Sunset.")]
    [InlineData(null, RenderingConnectionReason.ConnectionLost, "The host ended the connection: without a reason.")]
    public void ToFailure_Word_GivesReasonAndSentence(string? word, RenderingConnectionReason reason, string sentence)
    {
        var goodbye = new Goodbye();
        if (word is not null)
        {
            goodbye.Reason = word;
        }

        ConnectionFailure failure = goodbye.ToFailure(TimeSpan.Zero);

        Assert.Equal(reason, failure.Reason);
        Assert.Equal(sentence, failure.Message);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, nameof(ConnectionTrigger.HostLeft))]
    public void ToFailure_OnlyAHostThatAsksForIt_IsComeBackTo(bool comeBack, string? final)
        => Assert.Equal(final, new Goodbye { Reason = "Maintenance", ComeBack = comeBack }.ToFailure(TimeSpan.Zero).Final?.ToString());

    [Theory]
    [InlineData(null, 0, null)]
    [InlineData(5, 0, 5)]
    [InlineData(5, 2, 3)]
    [InlineData(5, 5, null)]
    [InlineData(5, 7, null)]
    public void ToFailure_TimeThatPassedSince_CountsForTheWait(int? retryAfter, int sinceHeard, int? expected)
    {
        var goodbye = new Goodbye { Reason = "Maintenance", RetryAfter = Seconds(retryAfter) };

        Assert.Equal(Seconds(expected), goodbye.ToFailure(TimeSpan.FromSeconds(sinceHeard)).RetryAfter);
    }

    [Fact]
    public void ToAnnouncement_TimeLeft_IsTakenFromTheWait()
    {
        var goodbye = new Goodbye
        {
            Reason = "Maintenance",
            ComeBack = true,
            After = TimeSpan.FromSeconds(10),
            RetryAfter = TimeSpan.FromSeconds(30)
        };

        ConnectionCause cause = goodbye.ToAnnouncement(TimeSpan.FromSeconds(6));

        Assert.Equal(RenderingConnectionReason.Maintenance, cause.Reason);
        Assert.Equal(TimeSpan.FromSeconds(26), cause.RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(6), cause.EndsIn);
        Assert.True(cause.SceneKept);
    }

    private static TimeSpan? Seconds(int? seconds) => seconds is { } number ? TimeSpan.FromSeconds(number) : null;
}
