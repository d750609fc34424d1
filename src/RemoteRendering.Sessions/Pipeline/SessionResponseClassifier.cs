using Azure.Core;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>Determines which answers are expected, and which tries may be retried.</summary>
internal sealed class SessionResponseClassifier(
    ushort[] successStatusCodes, bool repeatable) : StatusCodeClassifier(successStatusCodes.AsSpan())
{
    // The base class retries every time-out, which is a cancellation that the caller did not request.
    public override bool IsRetriable(HttpMessage message, Exception exception)
        => MayBeRepeated(message) && (repeatable ? base.IsRetriable(message, exception) : IsRetriableException(exception));

    public override bool IsRetriableException(Exception exception)
        => exception is not TokenExchangeException && (repeatable || Delivery.WasNotSent(exception))
            && base.IsRetriableException(exception);

    // An operation that must not run twice is retried only when the service throttled it and so did not run it.
    public override bool IsRetriableResponse(HttpMessage message)
        => MayBeRepeated(message) && (repeatable ? base.IsRetriableResponse(message) : message.Response.Status == 429);

    // The caller decides about a wait that is too long for a call: the exception contains it. A retry policy of the user would wait for any
    // time in the header.
    private static bool MayBeRepeated(HttpMessage message)
        => !SingleTry.IsMeantFor(message)
            && !(message.HasResponse && RetryAfterHeader.AsksForTooLong(message.Response, TimeProvider.System));
}
