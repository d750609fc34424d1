using Azure.Core;

namespace RemoteRendering.Sessions.Pipeline.Tokens;

/// <summary>Classifies the answers of the token service. Token exchanges are shared, so always retryable.</summary>
internal sealed class TokenResponseClassifier() : StatusCodeClassifier([200])
{
    public override bool IsRetriable(HttpMessage message, Exception exception)
        => MayBeRepeated(message) && base.IsRetriable(message, exception);

    public override bool IsRetriableResponse(HttpMessage message) => MayBeRepeated(message) && base.IsRetriableResponse(message);

    private static bool MayBeRepeated(HttpMessage message)
        => !(message.HasResponse && RetryAfterHeader.AsksForTooLong(message.Response, TimeProvider.System));
}
