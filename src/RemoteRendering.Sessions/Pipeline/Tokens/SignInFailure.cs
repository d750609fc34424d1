using Azure;

namespace RemoteRendering.Sessions.Pipeline.Tokens;

/// <summary>Creates the exceptions for failures of a sign-in that the client detects.</summary>
internal static class SignInFailure
{
    public static TokenExchangeException TookTooLong(TimeSpan limit)
        => new(new RequestFailedException(
            0, $"GetToken: the sign-in did not complete within {limit} and was cancelled. The next call starts another one.",
                RemoteRenderingErrorCode.AuthenticationFailed, new TimeoutException()));
}
