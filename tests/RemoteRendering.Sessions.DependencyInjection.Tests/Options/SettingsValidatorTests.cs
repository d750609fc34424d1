using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace RemoteRendering.Sessions.DependencyInjection.Tests.Options;

using Host = Microsoft.Extensions.Hosting.Host;

public class SettingsValidatorTests
{
    [Theory]
    [InlineData("Endpoint", null, "RemoteRendering:Endpoint is missing.", "https://remoterendering.eastus.mixedreality.azure.com")]
    [InlineData(
        "Endpoint", "eastus", "RemoteRendering:Endpoint is not an absolute address.",
        "https://remoterendering.eastus.mixedreality.azure.com")]
    [InlineData("Endpoint", "http://remoterendering.eastus.mixedreality.azure.com", "RemoteRendering:Endpoint is invalid:", "use https")]
    [InlineData(
        "Endpoint", "https://remoterendering.eastus.mixedreality.azure.com/accounts", "RemoteRendering:Endpoint is invalid:",
        "without a path: https://remoterendering.eastus.mixedreality.azure.com.")]
    [InlineData("Endpoint", "https://rendering.contoso.com", "RemoteRendering:AccountDomain is missing.", "eastus.mixedreality.azure.com")]
    [InlineData("AccountId", null, "RemoteRendering:AccountId is missing.", "12345678-90ab-cdef-1234-567890abcdef")]
    [InlineData("AccountId", "my account", "RemoteRendering:AccountId is not an id.", "12345678-90ab-cdef-1234-567890abcdef")]
    [InlineData(
        "AccountId", "00000000-0000-0000-0000-000000000000", "RemoteRendering:AccountId is missing.",
        "12345678-90ab-cdef-1234-567890abcdef")]
    [InlineData("AccountDomain", "eastus", "RemoteRendering:AccountDomain is invalid:", "eastus.mixedreality.azure.com")]
    [InlineData(
        "AccountDomain", "https://sts.eastus.mixedreality.azure.com", "RemoteRendering:AccountDomain is invalid:",
        "eastus.mixedreality.azure.com")]
    [InlineData(
        "AuthenticationEndpoint", "sts", "RemoteRendering:AuthenticationEndpoint is not an absolute address.",
        "https://sts.eastus.mixedreality.azure.com")]
    [InlineData(
        "AuthenticationEndpoint", "http://sts.eastus.mixedreality.azure.com", "RemoteRendering:AuthenticationEndpoint is invalid:",
        "use https")]
    [InlineData(
        "AuthenticationEndpoint", "https://sts.eastus.mixedreality.azure.com/Accounts",
        "RemoteRendering:AuthenticationEndpoint is invalid:", "without a path: https://sts.eastus.mixedreality.azure.com.")]
    [InlineData("ServiceVersion", "2020", "RemoteRendering:ServiceVersion is '2020'", "v1, 2021-01-01-preview or 2021-01-01")]
    [InlineData("Credential:AccountKey", null, "RemoteRendering:Credential:AccountKey is missing.", "ManagedIdentity")]
    [InlineData("Credential:Kind", "Password", "RemoteRendering:Credential:Kind is 'Password'", "ManagedIdentity or ClientSecret")]
    [InlineData("Credential:Kind", "7", "RemoteRendering:Credential:Kind is '7'", "ManagedIdentity or ClientSecret")]
    [InlineData("Credential:Kind", "AccessToken", "RemoteRendering:Credential:AccessToken is missing.", "token service")]
    [InlineData("Credential:AccessToken", "a.b.c", "RemoteRendering:Credential:Kind is not set, but more than one", "AccountKey")]
    [InlineData("UseEmulator", "yes", "RemoteRendering:UseEmulator is neither true nor false nor a web address.", "http://127.0.0.1:8410")]
    public void Validate_OneBadSetting_IsToldByNameWithAGoodValue(string key, string? value, string start, string good)
    {
        string failure = Failures(Settings.Good((key, value))).First(message => message.StartsWith(start, StringComparison.Ordinal));

        Assert.Contains(good, failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ClientSecretWithoutTheRest_AsksForBoth()
    {
        string[] failures = Failures(Settings.Good(("Credential:AccountKey", null), ("Credential:ClientSecret", "hush")));

        Assert.Equal(2, failures.Length);
        Assert.StartsWith("RemoteRendering:Credential:TenantId is missing.", failures[0], StringComparison.Ordinal);
        Assert.StartsWith("RemoteRendering:Credential:ClientId is missing.", failures[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AccountKey", "hush\n", "white space at its end")]
    [InlineData("AccountKey", "hush ", "white space at its end")]
    [InlineData("AccountKey", "\thush", "white space at its start")]
    [InlineData("AccountKey", "hush\0b", "U+0000 at index 4")]
    [InlineData("AccountKey", "hush\u00e9", "U+00E9 at index 4")]
    [InlineData("AccessToken", "hush\r\nX-Evil: 1", "U+000D at index 4")]
    [InlineData("ClientSecret", "hush\n", "white space at its end")]
    [InlineData("TenantId", "hush\n", "white space at its end")]
    [InlineData("ClientId", "hush\n", "white space at its end")]
    public void Validate_CredentialThatNoHeaderCanCarry_IsToldByNameAndNotShown(string key, string value, string problem)
    {
        var services = new ServiceCollection();
        services.AddRemoteRendering(Settings.Good());
        services.Configure<RemoteRenderingOptions>(options =>
        {
            RemoteRenderingCredentialOptions credential = options.Credential;
            credential.Kind = key switch
            {
                "AccountKey" => RemoteRenderingCredentialKind.AccountKey,
                "AccessToken" => RemoteRenderingCredentialKind.AccessToken,
                _ => RemoteRenderingCredentialKind.ClientSecret,
            };
            (credential.AccountKey, credential.AccessToken, credential.ClientSecret, credential.TenantId, credential.ClientId) =
                ("key", "a.b.c", "secret", "contoso.example", "app");
            typeof(RemoteRenderingCredentialOptions).GetProperty(key)!.SetValue(credential, value);
        });
        using ServiceProvider provider = services.BuildServiceProvider();
        string failure = Assert.Single(Assert.Throws<OptionsValidationException>(() => provider.ValidateRemoteRendering()).Failures);
        Assert.StartsWith("RemoteRendering:Credential:" + key + " has ", failure, StringComparison.Ordinal);
        Assert.Contains(problem, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_KeyFromAFileWithALineBreak_IsTakenWithoutIt()
    {
        var services = new ServiceCollection();
        services.AddRemoteRendering(Settings.Good(("Credential:AccountKey", "hush\n")));
        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Same(provider, provider.ValidateRemoteRendering());
        Assert.Equal(
            "hush", provider.GetRequiredService<IOptionsMonitor<RemoteRenderingOptions>>().Get(string.Empty).Credential.AccountKey);
    }

    [Fact]
    public void Validate_EmptySection_TellsEverythingAtOnce() => Assert.Equal(3, Failures(Settings.Of()).Length);

    [Fact]
    public void Validate_ClientIdTooLong_SaysHowLongItMayBe() =>
        Assert.Contains(
            "1 to 128 characters", Assert.Single(Failures(Settings.Good(("ClientId", new string('x', 129))))), StringComparison.Ordinal);

    [Fact]
    public void Validate_SetInCode_NamesTheProperty()
    {
        var services = new ServiceCollection();
        services.AddRemoteRendering(options => options.Endpoint = new Uri("https://remoterendering.eastus.mixedreality.azure.com"));
        using ServiceProvider provider = services.BuildServiceProvider();

        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(() => provider.ValidateRemoteRendering());

        Assert.Contains(
            exception.Failures, failure => failure.StartsWith("RemoteRenderingOptions.AccountId is missing.", StringComparison.Ordinal));
        Assert.Contains(
            exception.Failures, failure
                => failure.StartsWith("RemoteRenderingOptions.Credential.AccountKey is missing.", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_BadSettings_NeverRepeatASecret()
    {
        const string Secret = "this-must-not-be-seen";
        string[] failures = Failures(Settings.Of(
            ("Endpoint", $"https://user:{Secret}@remoterendering.eastus.mixedreality.azure.com"),
            ("AccountId", Secret),
            ("UseEmulator", "false"),
            ("Credential:AccountKey", Secret),
            ("Credential:AccessToken", Secret),
            ("Credential:ClientSecret", Secret)));

        Assert.Equal(3, failures.Length);
        Assert.DoesNotContain(failures, failure => failure.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public void ToString_OptionsWithSecrets_TellsNone()
    {
        var options = new RemoteRenderingOptions { Credential = { AccountKey = "hush", AccessToken = "hush", ClientSecret = "hush" } };

        Assert.DoesNotContain("hush", options.ToString() + options.Credential, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_GenericHostWithBadSettings_DoesNotStart()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddRemoteRendering(Settings.Good(("AccountId", null)));
        using IHost host = builder.Build();

        OptionsValidationException exception =
            await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("RemoteRendering:AccountId is missing.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ValidateRemoteRendering_SeveralClients_CollectsFromAll()
    {
        var services = new ServiceCollection();
        services.AddRemoteRendering(Settings.Good(("AccountId", null)));
        services.AddRemoteRendering("west", Settings.Good(("Endpoint", null)));
        services.AddRemoteRendering("east", Settings.Good());
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Equal(2, Assert.Throws<OptionsValidationException>(() => provider.ValidateRemoteRendering()).Failures.Count());
    }

    [Fact]
    public void ValidateRemoteRendering_GoodSettings_ReturnsTheServices()
    {
        var services = new ServiceCollection();
        services.AddRemoteRendering(Settings.Good());
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Same(provider, provider.ValidateRemoteRendering());
    }

    private static string[] Failures(Microsoft.Extensions.Configuration.IConfiguration settings)
    {
        var services = new ServiceCollection();
        services.AddRemoteRendering(settings);
        using ServiceProvider provider = services.BuildServiceProvider();
        return [.. Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<RemoteRenderingClient>()).Failures];
    }
}
