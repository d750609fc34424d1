using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NSubstitute;
using RemoteRendering.Sessions.DependencyInjection.Options;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.DependencyInjection.Tests.Options;

public class EmulatorSettingTests
{
    [Theory]
    [InlineData("true", "http://127.0.0.1:8410/")]
    [InlineData("True", "http://127.0.0.1:8410/")]
    [InlineData("http://localhost:5000", "http://localhost:5000/")]
    [InlineData("https://emulator.test:5001", "https://emulator.test:5001/")]
    public void UseEmulator_Development_LeadsToItAsTheWellKnownAccount(string value, string endpoint)
    {
        using ServiceProvider provider = Build(Environments.Development, Settings.Of(("UseEmulator", value)));

        RemoteRenderingClient client = provider.GetRequiredService<RemoteRenderingClient>();

        Assert.Equal(endpoint, client.Endpoint.ToString());
        Assert.Equal(SessionEmulator.WellKnownAccountId, client.AccountId);
    }

    [Fact]
    public async Task UseEmulator_RunningEmulator_AnswersOverItsPort()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options => options.HttpPort = 0);
        await using ServiceProvider provider =
            Build(Environments.Development, Settings.Of(("UseEmulator", emulator.HttpEndpoint!.ToString())));

        List<RenderingSessionProperties> sessions = await provider.GetRequiredService<RemoteRenderingClient>()
            .GetCurrentRenderingSessionsAsync(TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Empty(sessions);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public void UseEmulator_OtherEnvironment_IsAnErrorThatSaysWhatToDo(string environment)
    {
        using ServiceProvider provider = Build(environment, Settings.Good(("UseEmulator", "true")));

        string failure = Assert.Single(Assert.Throws<OptionsValidationException>(() => provider.ValidateRemoteRendering()).Failures);

        Assert.StartsWith($"RemoteRendering:UseEmulator is set, but the environment is {environment}", failure, StringComparison.Ordinal);
        Assert.Contains("DOTNET_ENVIRONMENT=Development", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("False")]
    [InlineData("")]
    public void UseEmulator_Off_IsIgnoredEverywhere(string value)
    {
        using ServiceProvider provider = Build(Environments.Production, Settings.Good(("UseEmulator", value)));

        Assert.Equal("remoterendering.eastus.mixedreality.azure.com", provider.GetRequiredService<RemoteRenderingClient>().Endpoint.Host);
    }

    [Fact]
    public void UseEmulator_HttpOfAnotherMachine_IsRefused()
    {
        using ServiceProvider provider = Build(Environments.Development, Settings.Of(("UseEmulator", "http://emulator.test:5000")));

        Assert.Contains(
            "use https", Assert.Single(Assert.Throws<OptionsValidationException>(() => provider.ValidateRemoteRendering()).Failures),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Account_WellKnown_IsTheOneThatEmulatorsKnow()
    {
        Assert.Equal(SessionEmulator.WellKnownAccountId, EmulatorSetting.AccountId);
        Assert.Equal(SessionEmulator.WellKnownAccountKey, EmulatorSetting.AccountKey);
    }

    private static ServiceProvider Build(string environment, Microsoft.Extensions.Configuration.IConfiguration settings)
    {
        IHostEnvironment host = Substitute.For<IHostEnvironment>();
        host.EnvironmentName.Returns(environment);
        var services = new ServiceCollection();
        services.AddSingleton(host);
        services.AddRemoteRendering(settings);
        return services.BuildServiceProvider();
    }
}
