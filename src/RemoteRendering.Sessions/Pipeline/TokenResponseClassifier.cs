using Azure.Core;

namespace RemoteRendering.Sessions;

/// <summary>What the token service answers. An exchange is everybody's, so it is repeated whoever caused it.</summary>
internal sealed class TokenResponseClassifier() : StatusCodeClassifier([200])
{
    public override bool IsRetriableResponse(HttpMessage message) => !RetryAfterHeader.AsksForTooLong(message.Response) && base.IsRetriableResponse(message);
}
