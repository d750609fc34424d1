using Azure;

namespace RemoteRendering.Sessions.Pipeline.Tokens;

/// <summary>Makes the failures of a sign-in that are ours.</summary>
internal static class SignInFailure
{
    public static TokenExchangeException TookTooLong(TimeSpan limit)
        => new(new RequestFailedException(
            0, $"GetToken: the sign-in did not end within {limit} and was given up. The next call starts another.", RemoteRenderingErrorCode.AuthenticationFailed, new TimeoutException()));
}
