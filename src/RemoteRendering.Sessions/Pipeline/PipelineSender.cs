using System.Runtime.ExceptionServices;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions;

/// <summary>
/// Sends a message. The one place that maps what a pipeline throws: a caller that has given up gets an <see cref="OperationCanceledException"/> with its token, a refusal stays one, and all else is a request
/// without an answer, whatever its exception is called.
/// </summary>
internal static class PipelineSender
{
    public static async ValueTask SendAsync(HttpPipeline pipeline, HttpMessage message, string operation, CancellationToken cancellationToken)
    {
        try
        {
            await pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested && exception.CancellationToken == cancellationToken)
        {
            throw;
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"{operation} was cancelled. {Cause(exception).Message}", exception, cancellationToken);
        }
        catch (Exception exception)
        {
            Exception cause = Cause(exception);
            if (cause is TokenExchangeException or RequestFailedException { Status: not 0 })
            {
                ExceptionDispatchInfo.Capture(cause).Throw();
            }

            throw new RequestFailedException(
                0,
                $"{operation}: no answer from {message.Request.Uri.Scheme}://{message.Request.Uri.Host}:{message.Request.Uri.Port}. {cause.Message}",
                RemoteRenderingErrorCode.NoAnswer,
                cause);
        }
    }

    /// <summary>
    /// Finds the failure to report. After the last try a retry policy throws all failures together; the last one says it best, unless it is of a try that got no token and so was never sent.
    /// </summary>
    private static Exception Cause(Exception exception)
        => exception is AggregateException { InnerExceptions: { Count: > 0 } all } ? Cause(all.LastOrDefault(static failure => failure is not TokenExchangeException) ?? all[0]) : exception;
}
