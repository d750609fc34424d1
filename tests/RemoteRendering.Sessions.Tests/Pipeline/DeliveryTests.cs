using System.Net.Sockets;
using Azure;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Tests.Pipeline.Support;

namespace RemoteRendering.Sessions.Tests.Pipeline;

public sealed class DeliveryTests
{
    [Theory]
    [InlineData(199, false, false)]
    [InlineData(200, true, true)]
    [InlineData(204, true, true)]
    [InlineData(299, true, true)]
    [InlineData(300, false, false)]
    [InlineData(404, false, false)]
    [InlineData(499, false, false)]
    [InlineData(500, false, true)]
    [InlineData(503, false, true)]
    [InlineData(599, false, true)]
    public void MayHaveHappened_IsASuccessOrAFaultOfTheService(int status, bool claimsSuccess, bool mayHaveHappened)
    {
        var answer = new FakeResponse(status);

        Assert.Equal(claimsSuccess, Delivery.ClaimsSuccess(answer));
        Assert.Equal(mayHaveHappened, Delivery.MayHaveHappened(answer));
    }

    [Theory]
    [InlineData(503, false)]
    [InlineData(500, false)]
    [InlineData(200, true)]
    public void MayHaveHappened_WithRetryAfter_IsARefusalUnlessItIsASuccess(int status, bool expected)
        => Assert.Equal(expected, Delivery.MayHaveHappened(new FakeResponse(status, null, ("retry-after", "1"))));

    [Theory]
    [InlineData(0, RemoteRenderingErrorCode.NoAnswer, true)]
    [InlineData(0, RemoteRenderingErrorCode.AuthenticationFailed, false)]
    [InlineData(0, null, false)]
    [InlineData(503, RemoteRenderingErrorCode.NoAnswer, false)]
    public void IsUnknown_OnlyNoAnswer(int status, string? code, bool expected)
        => Assert.Equal(expected, Delivery.IsUnknown(new RequestFailedException(status, "No.", code, innerException: null)));

    [Fact]
    public void IsUnknown_OfTheTokenExchange_IsNot()
        => Assert.False(Delivery.IsUnknown(new TokenExchangeException(
            new RequestFailedException(0, "No.", RemoteRenderingErrorCode.NoAnswer, innerException: null))));

    [Theory]
    [InlineData(SocketError.ConnectionRefused, true)]
    [InlineData(SocketError.HostNotFound, true)]
    [InlineData(SocketError.ConnectionReset, false)]
    [InlineData(SocketError.TimedOut, false)]
    [InlineData(SocketError.NetworkUnreachable, false)]
    public void WasNotSent_OnlyWhenNoConnectionCameAbout_AtAnyDepth(SocketError error, bool expected)
    {
        var socket = new SocketException((int)error);

        Assert.Equal(expected, Delivery.WasNotSent(socket));
        Assert.Equal(expected, Delivery.WasNotSent(new HttpRequestException("No.", socket)));
        Assert.Equal(expected, Delivery.WasNotSent(new RequestFailedException(0, "No.", null, new IOException("No.", socket))));
    }

    [Fact]
    public void WasNotSent_OfAnythingElse_IsNotCertain()
    {
        Assert.False(Delivery.WasNotSent(new IOException("Cut.")));
        Assert.False(Delivery.WasNotSent(new OperationCanceledException()));
    }
}
