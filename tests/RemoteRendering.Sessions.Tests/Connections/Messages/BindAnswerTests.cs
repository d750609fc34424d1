using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Tests.Connections.Messages;

public sealed class BindAnswerTests
{
    [Theory]
    [InlineData(1, 1, 0, 1, 2, 1024, true)]
    [InlineData(0, 1, 0, 1, 2, 1024, false)]
    [InlineData(-1, 1, 0, 1, 2, 1024, false)]
    [InlineData(1, 0, 0, 1, 2, 1024, false)]
    [InlineData(1, 1, -1, 1, 2, 1024, false)]
    [InlineData(1, 1, 0, 0, 2, 1024, false)]
    [InlineData(1, 1, 0, -1, 2, 1024, false)]
    [InlineData(1, 1, 0, 1, 1, 1024, false)]
    [InlineData(1, 1, 0, 1, 2, 1023, false)]
    public void IsValid_EachNumber_HasALimitOfItsOwn(
        long epoch, long link, int graceMs, int keepAliveMs, int deadAfterMs, int maxMessageBytes, bool expected)
    {
        var answer = new BindAnswer
        {
            Epoch = epoch,
            Link = link,
            Grace = TimeSpan.FromMilliseconds(graceMs),
            KeepAlive = TimeSpan.FromMilliseconds(keepAliveMs),
            DeadAfter = TimeSpan.FromMilliseconds(deadAfterMs),
            MaxMessageBytes = maxMessageBytes,
        };

        Assert.Equal(expected, answer.IsValid);
    }
}
