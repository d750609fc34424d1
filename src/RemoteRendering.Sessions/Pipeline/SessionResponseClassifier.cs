using Azure.Core;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>Which answers are expected, and which tries may be followed by another.</summary>
internal sealed class SessionResponseClassifier(ushort[] successStatusCodes, bool repeatable) : StatusCodeClassifier(successStatusCodes.AsSpan())
{
    // The base repeats whatever took too long: a time-out comes as a cancellation that the caller did not ask for.
    public override bool IsRetriable(HttpMessage message, Exception exception)
        => MayBeRepeated(message) && (repeatable ? base.IsRetriable(message, exception) : IsRetriableException(exception));

    public override bool IsRetriableException(Exception exception)
        => exception is not TokenExchangeException && (repeatable || Delivery.WasNotSent(exception)) && base.IsRetriableException(exception);

    // An operation that must not run twice is repeated only when the service says that it did not run it: it was throttled.
    public override bool IsRetriableResponse(HttpMessage message)
        => MayBeRepeated(message) && (repeatable ? base.IsRetriableResponse(message) : message.Response.Status == 429);

    // A wait that is too long for a call is the caller's to decide: the failure says when to come back. A retry policy of the user's would wait, whatever the header says.
    private static bool MayBeRepeated(HttpMessage message)
        => !SingleTry.IsMeantFor(message) && !(message.HasResponse && RetryAfterHeader.AsksForTooLong(message.Response, TimeProvider.System));
}
