using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace RemoteRendering.Sessions.DependencyInjection.Options;

/// <summary>
/// Reads the settings of one client from configuration, without reflection. Values that cannot be read are reported with their name.
/// </summary>
internal sealed class ConfigurationReader(string name, IConfiguration configuration) : IConfigureNamedOptions<RemoteRenderingOptions>
{
    private readonly string _path = (configuration as IConfigurationSection)?.Path ?? string.Empty;

    public void Configure(RemoteRenderingOptions options) => Configure(Microsoft.Extensions.Options.Options.DefaultName, options);

    public void Configure(string? optionsName, RemoteRenderingOptions options)
    {
        if (optionsName != name)
        {
            return;
        }

        options.SettingPath = _path;
        Read(
            nameof(options.Endpoint), text
                => options.Endpoint = Address(options, nameof(options.Endpoint), SettingExamples.Endpoint, text));
        Read(nameof(options.AccountId), text => options.AccountId = Id(options, text));
        Read(nameof(options.AccountDomain), text => options.AccountDomain = text);
        Read(nameof(options.ServiceVersion), text => options.ServiceVersion = Version(options, text));
        Read(
            nameof(options.AuthenticationEndpoint), text
                => options.AuthenticationEndpoint =
                    Address(options, nameof(options.AuthenticationEndpoint), SettingExamples.AuthenticationEndpoint, text));
        Read(nameof(options.ClientId), text => options.ClientId = text);
        Read(nameof(options.UseEmulator), text => options.UseEmulator = text);

        RemoteRenderingCredentialOptions credential = options.Credential;
        Read(Sub(nameof(credential.Kind)), text => credential.Kind = Kind(options, text));
        Read(Sub(nameof(credential.AccountKey)), text => credential.AccountKey = text);
        Read(Sub(nameof(credential.AccessToken)), text => credential.AccessToken = text);
        Read(Sub(nameof(credential.TenantId)), text => credential.TenantId = text);
        Read(Sub(nameof(credential.ClientId)), text => credential.ClientId = text);
        Read(Sub(nameof(credential.ClientSecret)), text => credential.ClientSecret = text);
    }

    private static string Sub(string key) => nameof(RemoteRenderingOptions.Credential) + ConfigurationPath.KeyDelimiter + key;

    private static Uri? Address(RemoteRenderingOptions options, string key, string example, string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address))
        {
            return address;
        }

        options.ReadFailures.Add(
            $"{SettingName.Of(options, key)} is not an absolute address. Set it to an address with a scheme, for example {example}.");
        return null;
    }

    private static Guid? Id(RemoteRenderingOptions options, string text)
    {
        if (Guid.TryParse(text, out Guid id))
        {
            return id;
        }

        options.ReadFailures.Add(
            $"{SettingName.Of(options, nameof(options.AccountId))} is not an id. Set it to the id of the account, for example "
                + $"{SettingExamples.AccountId}.");
        return null;
    }

    private static RemoteRenderingClientOptions.ServiceVersion Version(RemoteRenderingOptions options, string text)
    {
        switch (text.ToUpperInvariant().Replace('_', '-'))
        {
            case "V1":
                return RemoteRenderingClientOptions.ServiceVersion.V1;
            case "2021-01-01-PREVIEW" or "V2021-01-01-PREVIEW":
                return RemoteRenderingClientOptions.ServiceVersion.V2021_01_01_Preview;
            case "2021-01-01" or "V2021-01-01":
                return RemoteRenderingClientOptions.ServiceVersion.V2021_01_01;
            default:
                options.ReadFailures.Add(
                    $"{SettingName.Of(options, nameof(options.ServiceVersion))} is '{text}', which is not a version of the service. Set "
                    + $"it to v1, 2021-01-01-preview or 2021-01-01.");
                return options.ServiceVersion;
        }
    }

    private static RemoteRenderingCredentialKind Kind(RemoteRenderingOptions options, string text)
    {
        // Enum.TryParse accepts numbers, also undefined ones.
        if (char.IsLetter(text[0]) && Enum.TryParse(text, ignoreCase: true, out RemoteRenderingCredentialKind kind))
        {
            return kind;
        }

        options.ReadFailures.Add(
            $"{SettingName.Of(options, Sub(nameof(RemoteRenderingCredentialOptions.Kind)))} is '{text}', which is not a credential kind. "
                + $"Set it to AccountKey, AccessToken, Default, ManagedIdentity or ClientSecret.");
        return options.Credential.Kind;
    }

    private void Read(string key, Action<string> set)
    {
        string? text = configuration[key];
        if (!string.IsNullOrWhiteSpace(text))
        {
            set(text!.Trim());
        }
    }
}
