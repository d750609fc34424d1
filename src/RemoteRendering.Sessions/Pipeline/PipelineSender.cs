using System.Runtime.ExceptionServices;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>
/// Sends a message and maps the exceptions of a pipeline. A caller that has cancelled gets an <see cref="OperationCanceledException"/> with
/// its token, for any exception. All kinds of missing answers give the same exception, and of several failures of one call the most
/// specific one is reported.
/// </summary>
internal static class PipelineSender
{
    public static async ValueTask SendAsync(
        HttpPipeline pipeline, HttpMessage message, string operation, CancellationToken cancellationToken)
    {
        try
        {
            await pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested
            && exception.CancellationToken == cancellationToken)
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
            if (!IsNoAnswer(cause))
            {
                ExceptionDispatchInfo.Capture(cause).Throw();
            }

            throw new RequestFailedException(
                0,
                $"{operation}: no answer from {message.Request.Uri.Scheme}://{message.Request.Uri.Host}:{message.Request.Uri.Port}. "
                    + $"{cause.Message}",
                RemoteRenderingErrorCode.NoAnswer,
                cause);
        }
    }

    /// <summary>
    /// Returns whether a failure means that no answer arrived. A cancellation that the caller did not request is a time-out; exceptions of
    /// a policy of the user are passed on.
    /// </summary>
    private static bool IsNoAnswer(Exception cause)
        => cause is OperationCanceledException or IOException or InvalidDataException or TimeoutException
            or System.Net.Http.HttpRequestException or System.Net.Sockets.SocketException
            || (cause is RequestFailedException { Status: 0 } and not TokenExchangeException);

    /// <summary>
    /// Finds the failure to report. After the last try a retry policy throws all failures together; the last one is the most specific,
    /// unless its try got no token and so was never sent.
    /// </summary>
    private static Exception Cause(Exception exception)
        => exception is AggregateException { InnerExceptions: { Count: > 0 } all }
            ? Cause(all.LastOrDefault(static failure => failure is not TokenExchangeException) ?? all[0])
            : exception;
}
