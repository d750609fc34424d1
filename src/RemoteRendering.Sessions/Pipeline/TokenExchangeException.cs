using Azure;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>
/// The token exchange failed, after all the tries the user's retry settings allow. A type of its own so that the retries of the service call around it do not
/// multiply them; users see a <see cref="RequestFailedException"/>.
/// </summary>
internal sealed class TokenExchangeException(RequestFailedException cause)
    : RequestFailedException(cause.Status, cause.Message, cause.ErrorCode, cause)
{
}
