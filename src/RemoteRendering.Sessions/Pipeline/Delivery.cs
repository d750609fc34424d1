using System.Net.Sockets;
using Azure;
using Azure.Core;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>Determines from a failure whether the request may have reached the service.</summary>
internal static class Delivery
{
    /// <summary>Returns whether no answer arrived, so that the request may have taken effect.</summary>
    public static bool IsUnknown(RequestFailedException exception)
        => exception is { Status: 0, ErrorCode: RemoteRenderingErrorCode.NoAnswer } and not TokenExchangeException;

    /// <summary>
    /// Determines whether an unexpected answer leaves open whether the request took effect: a fault of the service without a
    /// <c>Retry-After</c>, which would mean a refusal of the request, and any success, which may come from an intermediary such as a proxy
    /// or a maintenance page.
    /// </summary>
    public static bool MayHaveHappened(Response answer)
        => ClaimsSuccess(answer) || (answer.Status >= 500 && !answer.Headers.Contains("Retry-After"));

    /// <summary>Determines whether the status of an answer is a success.</summary>
    public static bool ClaimsSuccess(Response answer) => answer.Status is >= 200 and < 300;

    /// <summary>
    /// Determines whether a try of the request before the last one may have taken effect. The answer to the last one does not show that.
    /// </summary>
    public static bool MayHaveHappenedBefore(HttpMessage message)
        => message.ProcessingContext.RetryNumber > 0
            && (!message.TryGetProperty(typeof(CallProgress), out object? progress) || ((CallProgress)progress!).MayHaveHappened);

    /// <summary>Returns whether it is certain that the request was not sent.</summary>
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
