using System.Net.Sockets;
using Azure;
using Azure.Core;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Tests.Pipeline.Support;

namespace RemoteRendering.Sessions.Tests.Pipeline;

/// <summary>What may be sent again: anything that is safe to repeat, and otherwise only what was certainly not run.</summary>
public sealed class SessionResponseClassifierTests
{
    private static readonly SessionResponseClassifier s_repeatable = new([200, 204], repeatable: true);
    private static readonly SessionResponseClassifier s_once = new([200, 204], repeatable: false);
    private static readonly HttpRequestException s_refused = new("No.", new SocketException((int)SocketError.ConnectionRefused));

    public static TheoryData<Exception, bool, bool> Failures => new()
    {
        // The failure, and whether an operation that is repeatable, or is not, is sent again.
        { new IOException("Cut."), true, false },
        { new RequestFailedException(0, "No.", null, new IOException("Cut.")), true, false },
        { new IOException("No.", s_refused), true, true },
        { new RequestFailedException(0, "No.", null, s_refused), true, true },
        { new TokenExchangeException(new RequestFailedException(0, "No.", null, new IOException("Cut."))), false, false },
        { new TokenExchangeException(new RequestFailedException(0, "No.", null, s_refused)), false, false },
        { new FormatException(), false, false },
    };

    [Theory]
    [InlineData(200, false)]
    [InlineData(204, false)]
    [InlineData(201, true)]
    [InlineData(404, true)]
    [InlineData(500, true)]
    public void IsErrorResponse_IsAnythingButTheStatusesGiven(int status, bool expected)
        => Assert.Equal(expected, s_once.IsErrorResponse(Message(new FakeResponse(status))));

    [Theory]
    [InlineData(408, true, false)]
    [InlineData(429, true, true)]
    [InlineData(500, true, false)]
    [InlineData(502, true, false)]
    [InlineData(503, true, false)]
    [InlineData(504, true, false)]
    [InlineData(400, false, false)]
    [InlineData(404, false, false)]
    [InlineData(409, false, false)]
    [InlineData(501, false, false)]
    public void IsRetriableResponse_OfOneThatMustNotRunTwice_IsOnlyThrottling(int status, bool repeatable, bool once)
    {
        Assert.Equal(repeatable, s_repeatable.IsRetriableResponse(Message(new FakeResponse(status))));
        Assert.Equal(once, s_once.IsRetriableResponse(Message(new FakeResponse(status))));
    }

    [Theory]
    [InlineData("300", true)]
    [InlineData("301", false)]
    public void IsRetriableResponse_ThatAsksForTooLong_IsNot(string seconds, bool expected)
    {
        Assert.Equal(expected, s_repeatable.IsRetriableResponse(Message(new FakeResponse(503, null, ("Retry-After", seconds)))));
        Assert.Equal(expected, s_once.IsRetriableResponse(Message(new FakeResponse(429, null, ("Retry-After", seconds)))));
    }

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void IsRetriable_OfOneThatMustNotRunTwice_IsOnlyWhatWasNotSent(Exception failure, bool repeatable, bool once)
    {
        Assert.Equal(repeatable, s_repeatable.IsRetriable(Message(), failure));
        Assert.Equal(once, s_once.IsRetriable(Message(), failure));
        Assert.Equal(repeatable, s_repeatable.IsRetriableException(failure));
        Assert.Equal(once, s_once.IsRetriableException(failure));
    }

    [Fact]
    public void IsRetriable_TimeoutThatTheCallerDidNotAskFor_IsOnlyOfARepeatableOne()
    {
        Assert.True(s_repeatable.IsRetriable(Message(), new TaskCanceledException()));
        Assert.False(s_once.IsRetriable(Message(), new TaskCanceledException()));
    }

    [Fact]
    public void Retries_OfAMessageThatIsSentOnce_AreNone()
    {
        HttpMessage message = Message(new FakeResponse(429));
        Assert.False(SingleTry.IsMeantFor(message));
        new SingleTry().OnSendingRequest(message);

        Assert.True(SingleTry.IsMeantFor(message));
        Assert.False(s_repeatable.IsRetriableResponse(message));
        Assert.False(s_once.IsRetriableResponse(message));
        Assert.False(s_repeatable.IsRetriable(message, s_refused));
        Assert.False(s_once.IsRetriable(message, s_refused));
    }

    private static HttpMessage Message(FakeResponse? response = null)
    {
        HttpMessage message = new FakeTransport(static _ => throw new NotSupportedException()).Start(s_once).Message;
        if (response is not null)
        {
            message.Response = response;
        }

        return message;
    }
}
