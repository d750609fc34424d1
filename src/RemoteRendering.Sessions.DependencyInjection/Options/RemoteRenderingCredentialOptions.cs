using Azure.Core;

namespace RemoteRendering.Sessions.DependencyInjection;

/// <summary>How a client signs in. In configuration the keys are under <c>Credential</c>.</summary>
/// <remarks>Keep secrets out of files that are shared: user secrets, environment variables or a key vault are configuration too.</remarks>
public class RemoteRenderingCredentialOptions
{
    /// <summary>Gets or sets the way to sign in.</summary>
    /// <value><see cref="RemoteRenderingCredentialKind.Automatic"/> by default.</value>
    public RemoteRenderingCredentialKind Kind { get; set; }

    /// <summary>Gets or sets the key of the account.</summary>
    /// <value><see langword="null"/> by default. A secret.</value>
    public string? AccountKey { get; set; }

    /// <summary>Gets or sets a ready access token of the token service.</summary>
    /// <value><see langword="null"/> by default. A secret.</value>
    public string? AccessToken { get; set; }

    /// <summary>Gets or sets the Entra tenant, for <see cref="RemoteRenderingCredentialKind.ClientSecret"/> and, if wanted, <see cref="RemoteRenderingCredentialKind.Default"/>.</summary>
    /// <value><see langword="null"/> by default.</value>
    public string? TenantId { get; set; }

    /// <summary>Gets or sets the id of the application, or of the managed identity that the user assigned.</summary>
    /// <value><see langword="null"/> by default: for a managed identity, the one assigned by the system.</value>
    public string? ClientId { get; set; }

    /// <summary>Gets or sets the secret of the application.</summary>
    /// <value><see langword="null"/> by default. A secret.</value>
    public string? ClientSecret { get; set; }

    /// <summary>Gets or sets a credential that code brings; wins over everything else.</summary>
    internal Func<IServiceProvider, TokenCredential>? Custom { get; set; }

    /// <summary>Gets the kind after <see cref="RemoteRenderingCredentialKind.Automatic"/> was resolved; that one when it cannot be.</summary>
    internal RemoteRenderingCredentialKind EffectiveKind
    {
        get
        {
            if (Kind != RemoteRenderingCredentialKind.Automatic)
            {
                return Kind;
            }

            return (Has(AccountKey), Has(AccessToken), Has(ClientSecret)) switch
            {
                (true, false, false) => RemoteRenderingCredentialKind.AccountKey,
                (false, true, false) => RemoteRenderingCredentialKind.AccessToken,
                (false, false, true) => RemoteRenderingCredentialKind.ClientSecret,
                _ => RemoteRenderingCredentialKind.Automatic,
            };
        }
    }

    internal static bool Has(string? value) => !string.IsNullOrWhiteSpace(value);
}
