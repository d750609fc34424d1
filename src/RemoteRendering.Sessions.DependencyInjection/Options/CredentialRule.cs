using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.DependencyInjection.Options;

/// <summary>Validates the settings that each credential kind needs.</summary>
internal static class CredentialRule
{
    public static void Validate(RemoteRenderingOptions options, List<string> failures)
    {
        RemoteRenderingCredentialOptions credential = options.Credential;
        if (credential.Custom is not null)
        {
            return;
        }

        switch (credential.EffectiveKind)
        {
            case RemoteRenderingCredentialKind.AccountKey:
                Needs(nameof(credential.AccountKey), credential.AccountKey, "the primary or secondary key of the account");
                break;
            case RemoteRenderingCredentialKind.AccessToken:
                Needs(nameof(credential.AccessToken), credential.AccessToken,
                    "a token of the token service, three parts separated by dots");
                break;
            case RemoteRenderingCredentialKind.ClientSecret:
                Needs(nameof(credential.TenantId), credential.TenantId, "the Entra tenant, for example contoso.onmicrosoft.com");
                Needs(
                    nameof(credential.ClientId), credential.ClientId,
                    $"the id of the application, for example {SettingExamples.AccountId}");
                Needs(nameof(credential.ClientSecret), credential.ClientSecret, "the secret of the application");
                break;
            case RemoteRenderingCredentialKind.Default or RemoteRenderingCredentialKind.ManagedIdentity:
                break;
            default:
                failures.Add(AnySecret(credential)
                    ? $"{Name(nameof(credential.Kind))} is not set, but more than one of AccountKey, AccessToken and ClientSecret is set. "
                        + $"Set it to the kind to use, for example AccountKey."
                    : $"{Name(nameof(credential.AccountKey))} is missing. Set it to the primary or secondary key of the account, or set "
                        + $"{Name(nameof(credential.Kind))} to another kind, for example Default or ManagedIdentity.");
                break;
        }

        void Needs(string key, string? value, string good)
        {
            if (!RemoteRenderingCredentialOptions.Has(value))
            {
                failures.Add(
                    $"{Name(key)} is missing. Set it to {good}; {Name(nameof(credential.Kind))} {credential.EffectiveKind} needs it.");
            }
            else if (CredentialText.FindProblem(value) is { } problem)
            {
                failures.Add($"{Name(key)} {problem}. Set it to {good}.");
            }
        }

        string Name(string key) => SettingName.Of(options, nameof(options.Credential) + ":" + key);
    }

    private static bool AnySecret(RemoteRenderingCredentialOptions credential) =>
        RemoteRenderingCredentialOptions.Has(credential.AccountKey)
        || RemoteRenderingCredentialOptions.Has(credential.AccessToken)
        || RemoteRenderingCredentialOptions.Has(credential.ClientSecret);
}
