using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions;

/// <summary>Sends a message and makes every way of getting no answer look the same.</summary>
internal static class PipelineSender
{
    public static ValueTask SendAsync(HttpPipeline pipeline, HttpMessage message, string operation, CancellationToken cancellationToken)
    {
        ValueTask sending = pipeline.SendAsync(message, cancellationToken);
        return sending.IsCompletedSuccessfully ? default : AwaitAsync(sending, message, operation, cancellationToken);
    }

    private static async ValueTask AwaitAsync(ValueTask sending, HttpMessage message, string operation, CancellationToken cancellationToken)
    {
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && IsNoAnswer(exception, out Exception cause))
        {
            throw new RequestFailedException(
                0,
                $"{operation}: no answer from {message.Request.Uri.Scheme}://{message.Request.Uri.Host}:{message.Request.Uri.Port}. {cause.Message}",
                RemoteRenderingErrorCode.NoAnswer,
                cause);
        }
    }

    private static bool IsNoAnswer(Exception exception, out Exception cause)
    {
        // After the last try the retry policy throws all failures together; the last one says it best, unless it is of a try that got no token and so was never sent. A cancellation that
        // the user did not ask for is a time-out.
        cause = exception is AggregateException { InnerExceptions: { Count: > 0 } all } ? all.LastOrDefault(static failure => failure is not TokenExchangeException) ?? all[0] : exception;
        return cause is OperationCanceledException or IOException or InvalidDataException or TimeoutException
            or System.Net.Http.HttpRequestException or System.Net.Sockets.SocketException
            || (cause is RequestFailedException { Status: 0 } and not TokenExchangeException);
    }
}
