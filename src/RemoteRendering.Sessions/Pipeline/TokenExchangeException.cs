using Azure;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>
/// The exception that is thrown when the token exchange failed after all tries of the retry settings. It is a separate type so that the
/// retries of the service call around it do not multiply the tries; callers get a <see cref="RequestFailedException"/>.
/// </summary>
internal sealed class TokenExchangeException(RequestFailedException cause)
    : RequestFailedException(cause.Status, cause.Message, cause.ErrorCode, cause)
{
}
