using System.Net.Sockets;
using Azure;

namespace RemoteRendering.Sessions;

/// <summary>What a failure says about whether the request reached the service.</summary>
internal static class Delivery
{
    /// <summary>Whether no answer came, so that the request may have taken effect.</summary>
    public static bool IsUnknown(RequestFailedException exception)
        => exception is { Status: 0, ErrorCode: RemoteRenderingErrorCode.NoAnswer } and not TokenExchangeException;

    /// <summary>Whether the service failed in a way that leaves open whether the request took effect. One that says when to come back has refused it.</summary>
    public static bool MayHaveHappened(Response answer) => answer.Status >= 500 && !answer.Headers.Contains("Retry-After");

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
