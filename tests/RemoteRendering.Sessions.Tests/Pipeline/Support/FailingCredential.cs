using Azure.Core;

namespace RemoteRendering.Sessions.Tests.Pipeline.Support;

/// <summary>
/// A sign-in that fails the way libraries for sign-in do: with an exception that is no <see cref="Azure.RequestFailedException"/>.
/// </summary>
internal sealed class FailingCredential : TokenCredential
{
    public bool Fails { get; set; } = true;

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        => Fails ? throw new NotSupportedException("the sign-in is away") : new AccessToken("a.b.c", DateTimeOffset.MaxValue);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        => new(GetToken(requestContext, cancellationToken));
}
