namespace RemoteRendering.Sessions.Tests;

public sealed class HostCloseTests
{
    [Theory]
    [InlineData(4400, nameof(ConnectionTrigger.ProtocolBroken), RenderingConnectionReason.ProtocolError, "The host takes what this device sent for malformed.")]
    [InlineData(1009, nameof(ConnectionTrigger.ProtocolBroken), RenderingConnectionReason.MessageTooLarge, "A message was larger than the host takes.")]
    [InlineData(4409, nameof(ConnectionTrigger.HostLeft), RenderingConnectionReason.LinkSuperseded, "A newer link took the place of this one.")]
    [InlineData(4401, null, RenderingConnectionReason.AuthenticationFailed, "The access token ran out.")]
    [InlineData(1011, null, RenderingConnectionReason.InternalError, "The host broke.")]
    [InlineData(1000, null, RenderingConnectionReason.ConnectionLost, "The host closed the link with code 1000.")]
    [InlineData(null, null, RenderingConnectionReason.ConnectionLost, "The host closed the link with code none.")]
    public void ToFailure_Code_SaysWhatItMeans(int? code, string? final, RenderingConnectionReason reason, string sentence)
    {
        ConnectionFailure failure = HostClose.ToFailure(code, said: null);

        Assert.Equal(final, failure.Final?.ToString());
        Assert.Equal(reason, failure.Reason);
        Assert.Equal(sentence, failure.Message);
    }

    [Theory]
    [InlineData(null, "The host broke.")]
    [InlineData("", "The host broke.")]
    [InlineData("out of memory", "The host broke. It said: out of memory")]
    public void ToFailure_WhatTheHostSaid_IsTold(string? said, string sentence)
        => Assert.Equal(sentence, HostClose.ToFailure(HostProtocol.CloseHostBroke, said).Message);
}
