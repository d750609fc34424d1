using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Tests.Connections.Messages;

public sealed class HostCloseTests
{
    [Theory]
    [InlineData(
        4400, nameof(ConnectionTrigger.ProtocolBroken), RenderingConnectionReason.ProtocolError,
        "The host reported a malformed message of this device.")]
    [InlineData(
        1009, nameof(ConnectionTrigger.ProtocolBroken), RenderingConnectionReason.MessageTooLarge,
        "A message was larger than the host accepts.")]
    [InlineData(4409, nameof(ConnectionTrigger.HostLeft), RenderingConnectionReason.LinkSuperseded, "A newer link replaced this one.")]
    [InlineData(4401, null, RenderingConnectionReason.AuthenticationFailed, "The access token has expired.")]
    [InlineData(1011, null, RenderingConnectionReason.InternalError, "The host reported an internal error.")]
    [InlineData(4403, nameof(ConnectionTrigger.HostLeft), RenderingConnectionReason.HandshakeFailed, "The host refused this device.")]
    [InlineData(1008, nameof(ConnectionTrigger.HostLeft), RenderingConnectionReason.HandshakeFailed, "The host refused this device.")]
    [InlineData(
        1002, nameof(ConnectionTrigger.ProtocolBroken), RenderingConnectionReason.ProtocolError,
        "The host rejected a message of this device.")]
    [InlineData(
        1003, nameof(ConnectionTrigger.ProtocolBroken), RenderingConnectionReason.ProtocolError,
        "The host rejected a message of this device.")]
    [InlineData(
        1007, nameof(ConnectionTrigger.ProtocolBroken), RenderingConnectionReason.ProtocolError,
        "The host rejected a message of this device.")]
    [InlineData(
        1010, nameof(ConnectionTrigger.ProtocolBroken), RenderingConnectionReason.ProtocolError,
        "The host rejected a message of this device.")]
    [InlineData(1000, null, RenderingConnectionReason.ConnectionLost, "The host closed the link.")]
    [InlineData(1001, null, RenderingConnectionReason.ConnectionLost, "The host closed the link.")]
    [InlineData(1013, null, RenderingConnectionReason.ConnectionLost, "The host closed the link.")]
    [InlineData(4408, null, RenderingConnectionReason.ConnectionLost, "The host closed the link.")]
    public void ToFailure_Code_SaysWhatItMeans(int code, string? final, RenderingConnectionReason reason, string sentence)
    {
        ConnectionFailure failure = HostClose.ToFailure(code, said: null);

        Assert.Equal(final, failure.Final?.ToString());
        Assert.Equal(reason, failure.Reason);
        Assert.Equal($"{sentence} It closed with code {code}.", failure.Message);
        Assert.Equal((code, null), (failure.ToException().HostCode, failure.ToException().HostMessage));
    }

    [Fact]
    public void ToFailure_NoCode_SaysSo()
    {
        ConnectionFailure failure = HostClose.ToFailure(null, said: null);

        Assert.Equal(
            (null, RenderingConnectionReason.ConnectionLost, "The host closed the link without a code."),
            (failure.Final, failure.Reason, failure.Message));
        Assert.Null(failure.ToException().HostCode);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("out of memory", "out of memory")]
    [InlineData("two\r\nlines\u001b[31m", "two lines [31m")]
    public void ToFailure_WhatTheHostSaid_IsTold(string? said, string? words)
    {
        ConnectionFailure failure = HostClose.ToFailure(1011, said);

        Assert.Equal(
            "The host reported an internal error. It closed with code 1011." + (words is null ? string.Empty : $" Its message: {words}"),
            failure.Message);
        Assert.Equal(words, failure.ToException().HostMessage);
    }
}
