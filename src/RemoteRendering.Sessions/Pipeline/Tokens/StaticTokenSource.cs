using System.Globalization;
using Azure;
using Azure.Core;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Pipeline.Tokens;

/// <summary>Provides an existing access token. It cannot be renewed, so an expired token is rejected before it is sent.</summary>
internal sealed class StaticTokenSource : ITokenSource
{
    private readonly TimeProvider _time;
    private readonly ServiceToken _token;
    private readonly string? _problem;

    public StaticTokenSource(AccessToken accessToken, TimeProvider time)
    {
        _time = time;
        _problem = CredentialText.FindProblem(accessToken.Token);
        DateTimeOffset expiresOn = accessToken.ExpiresOn == default ? DateTimeOffset.MaxValue : accessToken.ExpiresOn;
        if (JsonWebToken.TryRead(accessToken.Token, out JsonWebToken read) && read.ExpiresOn < expiresOn)
        {
            expiresOn = read.ExpiresOn;
        }

        _token = new ServiceToken(accessToken.Token, expiresOn, expiresOn);
    }

    public ValueTask<ServiceToken> GetTokenAsync(CancellationToken cancellationToken)
    {
        if (_problem is not null)
        {
            throw new RequestFailedException(
                401, $"The access token given to the client was not sent: it {_problem}. Create a new RemoteRenderingClient with a valid "
                    + $"one.", RemoteRenderingErrorCode.AuthenticationFailed, innerException: null);
        }

        if (_time.GetUtcNow() < _token.ExpiresOn)
        {
            return new ValueTask<ServiceToken>(_token);
        }

        string expired = _token.ExpiresOn.ToString("u", CultureInfo.InvariantCulture);
        throw new RequestFailedException(
            401,
            $"The access token given to the client expired at {expired}. Get a new one from your backend and create a new "
                + $"RemoteRenderingClient with it, "
            + "or create the client with an AzureKeyCredential or a TokenCredential, whose tokens are renewed.",
            RemoteRenderingErrorCode.AccessTokenExpired,
            innerException: null);
    }

    public ValueTask<ServiceToken> ReplaceAsync(ServiceToken refused, CancellationToken cancellationToken)
        => GetTokenAsync(cancellationToken);
}
