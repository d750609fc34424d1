using Azure.Core;

namespace RemoteRendering.Sessions.DependencyInjection;

/// <summary>Provides the credential of a client. In configuration the keys are under <c>Credential</c>.</summary>
/// <remarks>
/// Do not put secrets into shared files: use user secrets, environment variables or a key vault as configuration sources.
/// </remarks>
public class RemoteRenderingCredentialOptions
{
    /// <summary>Gets or sets the kind of the credential.</summary>
    /// <value>The default is <see cref="RemoteRenderingCredentialKind.Automatic"/>.</value>
    public RemoteRenderingCredentialKind Kind { get; set; }

    /// <summary>Gets or sets the key of the account.</summary>
    /// <value>The default is <see langword="null"/>. A secret.</value>
    public string? AccountKey { get; set; }

    /// <summary>Gets or sets an existing access token of the token service.</summary>
    /// <value>The default is <see langword="null"/>. A secret.</value>
    public string? AccessToken { get; set; }

    /// <summary>
    /// Gets or sets the Entra tenant, for <see cref="RemoteRenderingCredentialKind.ClientSecret"/> and, optionally,
    /// <see cref="RemoteRenderingCredentialKind.Default"/>.
    /// </summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? TenantId { get; set; }

    /// <summary>Gets or sets the id of the application, or of the user-assigned managed identity.</summary>
    /// <value>The default is <see langword="null"/>: for a managed identity, the system-assigned one.</value>
    public string? ClientId { get; set; }

    /// <summary>Gets or sets the secret of the application.</summary>
    /// <value>The default is <see langword="null"/>. A secret.</value>
    public string? ClientSecret { get; set; }

    /// <summary>Gets or sets a credential from code, which takes precedence over all settings.</summary>
    internal Func<IServiceProvider, TokenCredential>? Custom { get; set; }

    /// <summary>
    /// Gets the kind after <see cref="RemoteRenderingCredentialKind.Automatic"/> was resolved; Automatic when it cannot be resolved.
    /// </summary>
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
