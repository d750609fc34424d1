namespace RemoteRendering.Sessions.DependencyInjection;

/// <summary>
/// Provides the settings of one client. In configuration every property is a key of the same name in the registered section.
/// </summary>
public class RemoteRenderingOptions
{
    /// <summary>Gets or sets the address of the session service.</summary>
    /// <value>
    /// Required, for example <c>https://remoterendering.eastus.mixedreality.azure.com</c>; ignored with <see cref="UseEmulator"/>.
    /// </value>
    public Uri? Endpoint { get; set; }

    /// <summary>Gets or sets the id of the account.</summary>
    /// <value>Required; ignored with <see cref="UseEmulator"/>.</value>
    public Guid? AccountId { get; set; }

    /// <summary>Gets or sets the domain of the account.</summary>
    /// <value>
    /// The default is <see langword="null"/>: the part of <see cref="Endpoint"/> after <c>remoterendering.</c>, or <c>localhost</c> for an
    /// endpoint on this machine.
    /// </value>
    public string? AccountDomain { get; set; }

    /// <summary>Gets or sets the version of the service.</summary>
    /// <value>The default is the newest. In configuration <c>v1</c>, <c>2021-01-01-preview</c> or <c>2021-01-01</c>.</value>
    public RemoteRenderingClientOptions.ServiceVersion ServiceVersion { get; set; } =
        RemoteRenderingClientOptions.ServiceVersion.V2021_01_01;

    /// <summary>Gets or sets the address of the token service.</summary>
    /// <value>The default is <see langword="null"/>: the address is derived from the account domain.</value>
    public Uri? AuthenticationEndpoint { get; set; }

    /// <summary>Gets or sets the name of this device, by which a host identifies the device that holds a session.</summary>
    /// <value>1 to 128 characters. The default is <see langword="null"/>: a random name for each start of the program.</value>
    public string? ClientId { get; set; }

    /// <summary>Gets the credential.</summary>
    public RemoteRenderingCredentialOptions Credential { get; } = new();

    /// <summary>
    /// Gets or sets the emulator to use, with its well-known account, instead of a service. Allowed only in the Development environment.
    /// </summary>
    /// <value>
    /// The default is <see langword="null"/>, which means <c>false</c>. <c>true</c> stands for <c>http://127.0.0.1:8410</c>, the address of
    /// <c>rrs emulator --http-port 8410</c>; any other value is the address of an emulator.
    /// </value>
    public string? UseEmulator { get; set; }

    /// <summary>Gets or sets the configuration path of the settings, for messages; null when code sets them.</summary>
    internal string? SettingPath { get; set; }

    /// <summary>Gets the failures of reading the settings.</summary>
    internal List<string> ReadFailures { get; } = [];
}
