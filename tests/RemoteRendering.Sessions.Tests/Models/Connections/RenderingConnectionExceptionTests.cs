namespace RemoteRendering.Sessions.Tests.Models.Connections;

public sealed class RenderingConnectionExceptionTests
{
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(3.0);

    [Fact]
    public void Constructors_FillWhatTheyAreGiven_AndLeaveTheRest()
    {
        var inner = new IOException("Cut.");
        var plain = new RenderingConnectionException(RenderingConnectionReason.Timeout, "Late.");
        var wrapped = new RenderingConnectionException(RenderingConnectionReason.Timeout, "Late.", s_wait, inner);
        var hosts = new RenderingConnectionException(RenderingConnectionReason.Timeout, "Late.", s_wait, 1013, "Try later.", inner);

        Assert.All(
            [plain, wrapped, hosts],
            static exception => Assert.Equal((RenderingConnectionReason.Timeout, "Late."), (exception.Reason, exception.Message)));
        Assert.Equal((null, null, null, null), (plain.RetryAfter, plain.HostCode, plain.HostMessage, plain.InnerException));
        Assert.Equal((s_wait, null, null), (wrapped.RetryAfter, wrapped.HostCode, wrapped.HostMessage));
        Assert.Equal((s_wait, 1013, "Try later."), (hosts.RetryAfter, hosts.HostCode, hosts.HostMessage));
        Assert.Same(inner, wrapped.InnerException);
        Assert.Same(inner, hosts.InnerException);
    }

    [Fact]
    public void ConnectionStatus_HasTheValuesOfTheRuntime()
        => Assert.Equal(
            [(0, "Disconnected"), (1, "Connecting"), (2, "Connected"), (3, "Reconnecting")],
            Enum.GetValues<ConnectionStatus>().Select(static status => ((int)status, status.ToString())));

    [Fact]
    public void Advice_HasTheValuesOfEveryVersion()
        => Assert.Equal(
            [(0, "DoNotReconnect"), (1, "ReconnectNow"), (2, "ReconnectLater")],
            Enum.GetValues<RenderingConnectionAdvice>().Select(static advice => ((int)advice, advice.ToString())));

    /// <summary>Values below 2000 are those of the ARR runtime, and applications store the others.</summary>
    [Fact]
    public void Reason_HasTheValuesOfEveryVersion()
        => Assert.Equal(
            [
                0, 2, 3, 6, 12, 902, 903, 904, 907, 911, 912, 914, 916, 917, 918, 920, 921, 927, 1203, 1204, 1205, 1502, 1503,
                2000, 2001, 2002, 2003, 2004, 2005, 2006, 2007, 2008, 2009, 2010, 2011,
            ],
            Enum.GetValues<RenderingConnectionReason>().Select(static reason => (int)reason));

    [Fact]
    public void RequestException_HasCodeReasonAndMessage()
    {
        var exception = new RenderingRequestException(-32601, "notThere", "No such method.");
        var bare = new RenderingRequestException(7, null, "No.");

        Assert.Equal((-32601, "notThere", "No such method."), (exception.Code, exception.Reason, exception.Message));
        Assert.Equal((7, null, "No."), (bare.Code, bare.Reason, bare.Message));
    }
}
