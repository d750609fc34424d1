using System.Net.Sockets;
using Azure;
using Azure.Core;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>What a failure says about whether the request reached the service.</summary>
internal static class Delivery
{
    /// <summary>Whether no answer came, so that the request may have taken effect.</summary>
    public static bool IsUnknown(RequestFailedException exception)
        => exception is { Status: 0, ErrorCode: RemoteRenderingErrorCode.NoAnswer } and not TokenExchangeException;

    /// <summary>
    /// Determines whether an answer that the operation does not promise leaves open whether the request took effect: a fault of the service, unless it says when to come back and so has refused the
    /// request, and any success, which may come from something in between, such as a proxy or a maintenance page.
    /// </summary>
    public static bool MayHaveHappened(Response answer) => ClaimsSuccess(answer) || (answer.Status >= 500 && !answer.Headers.Contains("Retry-After"));

    /// <summary>Determines whether the status of an answer is a success.</summary>
    public static bool ClaimsSuccess(Response answer) => answer.Status is >= 200 and < 300;

    /// <summary>Determines whether a try of the request before the last one may have taken effect. What the last one was told says nothing about that.</summary>
    public static bool MayHaveHappenedBefore(HttpMessage message)
        => message.ProcessingContext.RetryNumber > 0 && (!message.TryGetProperty(typeof(CallProgress), out object? progress) || ((CallProgress)progress!).MayHaveHappened);

    /// <summary>Whether it is certain that the request never left.</summary>
    public static bool WasNotSent(Exception exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound })
            {
                return true;
            }
        }

        return false;
    }
}
