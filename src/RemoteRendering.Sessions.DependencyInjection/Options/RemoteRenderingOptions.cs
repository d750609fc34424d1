namespace RemoteRendering.Sessions.DependencyInjection;

/// <summary>The settings of one client. In configuration every property is a key of the same name under the section that was registered.</summary>
public class RemoteRenderingOptions
{
    /// <summary>Gets or sets the address of the session service.</summary>
    /// <value>Required, for example <c>https://remoterendering.eastus.mixedreality.azure.com</c>; not used with <see cref="UseEmulator"/>.</value>
    public Uri? Endpoint { get; set; }

    /// <summary>Gets or sets the id of the account.</summary>
    /// <value>Required; not used with <see cref="UseEmulator"/>.</value>
    public Guid? AccountId { get; set; }

    /// <summary>Gets or sets the domain of the account.</summary>
    /// <value><see langword="null"/> by default: what follows <c>remoterendering.</c> in <see cref="Endpoint"/>, or <c>localhost</c> for an endpoint on this machine.</value>
    public string? AccountDomain { get; set; }

    /// <summary>Gets or sets the version of the service.</summary>
    /// <value>The newest by default. In configuration <c>v1</c>, <c>2021-01-01-preview</c> or <c>2021-01-01</c>.</value>
    public RemoteRenderingClientOptions.ServiceVersion ServiceVersion { get; set; } = RemoteRenderingClientOptions.ServiceVersion.V2021_01_01;

    /// <summary>Gets or sets where the token service is.</summary>
    /// <value><see langword="null"/> by default: found by the account domain.</value>
    public Uri? AuthenticationEndpoint { get; set; }

    /// <summary>Gets or sets the name of this device, by which a host tells who holds a session.</summary>
    /// <value><see langword="null"/> by default: a random one for each start of the program. 1 to 128 characters.</value>
    public string? ClientId { get; set; }

    /// <summary>Gets how to sign in.</summary>
    public RemoteRenderingCredentialOptions Credential { get; } = new();

    /// <summary>Gets or sets whether to use a running emulator and its well-known account instead of a service. Only in the Development environment; anywhere else it is an error.</summary>
    /// <value>
    /// <see langword="null"/> or <c>false</c> by default. <c>true</c> for <c>http://127.0.0.1:8410</c>, where <c>rrs emulator --http-port 8410</c> listens; or another address.
    /// </value>
    public string? UseEmulator { get; set; }

    /// <summary>Gets or sets where the settings come from, for messages; null when code sets them.</summary>
    internal string? SettingPath { get; set; }

    /// <summary>Gets what was wrong with the text of settings, found while reading them.</summary>
    internal List<string> ReadFailures { get; } = [];
}
