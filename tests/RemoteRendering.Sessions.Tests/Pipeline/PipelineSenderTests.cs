using System.Net.Sockets;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Tests.Pipeline.Support;

namespace RemoteRendering.Sessions.Tests.Pipeline;

/// <summary>Which exception a caller gets for what a pipeline throws.</summary>
public sealed class PipelineSenderTests
{
    private static readonly SessionResponseClassifier s_classifier = new([200], repeatable: true);
    private static readonly TokenExchangeException s_noToken = new(new RequestFailedException(403, "No token."));

    public static TheoryData<Exception> MissingAnswers =>
    [
        new IOException("Cut."),
        new InvalidDataException("Cut."),
        new TimeoutException("Cut."),
        new HttpRequestException("Cut."),
        new SocketException((int)SocketError.ConnectionReset),
        new TaskCanceledException("Cut."),
        new RequestFailedException(0, "Cut."),
        new AggregateException(new FormatException(), new IOException("Cut.")),
        new AggregateException(new AggregateException(new IOException("Cut.")), s_noToken),
    ];

    [Theory]
    [MemberData(nameof(MissingAnswers), DisableDiscoveryEnumeration = true)]
    public async Task Send_WithoutAnAnswer_IsOneFailure_WithTheAddressAndTheCause(Exception thrown)
    {
        RequestFailedException exception = await Assert.ThrowsAsync<RequestFailedException>(() => SendAsync(thrown));

        Assert.Equal((0, RemoteRenderingErrorCode.NoAnswer), (exception.Status, exception.ErrorCode));
        Assert.StartsWith(
            "Read: no answer from https://remoterendering.test.mixedreality.example:443. ", exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.InnerException);
        Assert.Contains(exception.InnerException.Message, exception.Message, StringComparison.Ordinal);
        Assert.IsNotType<AggregateException>(exception.InnerException);
    }

    [Fact]
    public async Task Send_ThatGotNoToken_FailsWithThat()
    {
        Assert.Same(s_noToken, await Record.ExceptionAsync(() => SendAsync(s_noToken)));
        Assert.Same(s_noToken, await Record.ExceptionAsync(() => SendAsync(new AggregateException(s_noToken, s_noToken))));
    }

    [Fact]
    public async Task Send_WhosePolicyThrows_FailsWithThat()
    {
        var thrown = new FormatException();
        var refusal = new RequestFailedException(409, "No.");

        Assert.Same(thrown, await Record.ExceptionAsync(() => SendAsync(thrown)));
        Assert.Same(refusal, await Record.ExceptionAsync(() => SendAsync(refusal)));
    }

    [Theory]
    [MemberData(nameof(MissingAnswers), DisableDiscoveryEnumeration = true)]
    public async Task Send_CancelledMeanwhile_IsCancelledWithTheTokenOfTheCaller(Exception thrown)
    {
        using var source = new CancellationTokenSource();

        OperationCanceledException exception = await Assert.ThrowsAsync<OperationCanceledException>(() => SendAsync(thrown, source));

        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.Same(thrown, exception.InnerException);
        Assert.StartsWith("Read was cancelled. ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_CancelledMeanwhile_WithTheTokenOfTheCaller_ThrowsTheSame()
    {
        using var source = new CancellationTokenSource();
        var thrown = new OperationCanceledException(source.Token);

        Assert.Same(thrown, await Record.ExceptionAsync(() => SendAsync(thrown, source)));
    }

    private static async Task SendAsync(Exception thrown, CancellationTokenSource? cancelled = null)
    {
        var transport = new FakeTransport(_ =>
        {
            cancelled?.Cancel();
            throw thrown;
        });
        (HttpPipeline pipeline, HttpMessage message) = transport.Start(s_classifier);
        await PipelineSender.SendAsync(pipeline, message, "Read", cancelled?.Token ?? CancellationToken.None);
    }
}
