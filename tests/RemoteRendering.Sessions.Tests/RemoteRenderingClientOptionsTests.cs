using Azure;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;
using RemoteRendering.Sessions.Emulator;
using static RemoteRendering.Sessions.RemoteRenderingClientOptions;

namespace RemoteRendering.Sessions.Tests;

public sealed class RemoteRenderingClientOptionsTests
{
    [Fact]
    public void Defaults_AreThoseOfTheDocumentation()
    {
        var options = new RemoteRenderingClientOptions();

        Assert.Equal(ServiceVersion.V2021_01_01, options.Version);
        Assert.Same(TimeProvider.System, options.TimeProvider);
        Assert.Same(TimeProvider.System, options.PipelineTimeProvider);
        Assert.Equal(TimeSpan.FromMinutes(5.0), options.SignInTimeout);
        Assert.Null(options.AuthenticationEndpoint);
        Assert.Null(options.ClientId);
        Assert.Null(options.SessionStore);
        Assert.Null(options.ConnectionTransport);
        Assert.Null(options.LoggerFactory);
        Assert.Null(options.RetryPolicy);
    }

    [Fact]
    public void LoggedHeaders_HaveThoseOfTheService_AndNoSecret()
    {
        var options = new RemoteRenderingClientOptions();

        Assert.All(["MS-CV", "X-MRC-CV", "api-supported-versions"], name => Assert.Contains(name, options.Diagnostics.LoggedHeaderNames));
        Assert.DoesNotContain("Authorization", options.Diagnostics.LoggedHeaderNames, StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(ServiceVersion.V1, 1)]
    [InlineData(ServiceVersion.V2021_01_01_Preview, 2)]
    [InlineData(ServiceVersion.V2021_01_01, 3)]
    public void Version_Known_IsKept(ServiceVersion version, int number)
    {
        Assert.Equal(version, new RemoteRenderingClientOptions(version).Version);
        Assert.Equal(number, (int)version);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(4)]
    public void Version_Unknown_IsRefusedWithItsValue(int number)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => new RemoteRenderingClientOptions((ServiceVersion)number));

        Assert.Equal(("version", (ServiceVersion)number), (exception.ParamName, exception.ActualValue));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(129)]
    public void ClientId_OfNoValidLength_IsRefused_AndTheOldOneStays(int length)
    {
        var options = new RemoteRenderingClientOptions { ClientId = "mine" };

        Assert.Equal("value", Assert.Throws<ArgumentException>(() => options.ClientId = new string('x', length)).ParamName);
        Assert.Equal("mine", options.ClientId);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(128)]
    public void ClientId_OfAValidLength_IsThatOfTheClient(int length)
    {
        string id = new('x', length);
        var service = new ScriptedService();
        RemoteRenderingClientOptions options = service.Options();
        options.ClientId = id;

        Assert.Equal(id, Create(options).ClientId);
    }

    [Fact]
    public void ClientId_None_IsAnotherForEachClient()
    {
        RemoteRenderingClientOptions options = new ScriptedService().Options();
        options.ClientId = "mine";
        options.ClientId = null;

        string first = Create(options).ClientId;
        string second = Create(options).ClientId;

        Assert.NotEqual(first, second);
        Assert.All([first, second], static id => Assert.InRange(id.Length, 32, 128));
        Assert.Null(options.ClientId);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    [InlineData(-TimeSpan.TicksPerMillisecond)]
    public void SignInTimeout_MoreThanZeroOrInfinite_IsKept(long ticks)
        => Assert.Equal(ticks, new RemoteRenderingClientOptions { SignInTimeout = TimeSpan.FromTicks(ticks) }.SignInTimeout.Ticks);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-2 * TimeSpan.TicksPerMillisecond)]
    [InlineData(long.MinValue)]
    public void SignInTimeout_ZeroOrNegative_IsRefused_AndTheOldOneStays(long ticks)
    {
        var options = new RemoteRenderingClientOptions();

        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => options.SignInTimeout = TimeSpan.FromTicks(ticks));

        Assert.Equal(("value", TimeSpan.FromTicks(ticks)), (exception.ParamName, exception.ActualValue));
        Assert.Equal(TimeSpan.FromMinutes(5.0), options.SignInTimeout);
    }

    [Fact]
    public void TimeProvider_Null_IsRefused_AndTheOldOneStays()
    {
        var time = new VirtualTimeProvider();
        var options = new RemoteRenderingClientOptions { TimeProvider = time };

        Assert.Equal("value", Assert.Throws<ArgumentNullException>(() => options.TimeProvider = null!).ParamName);
        Assert.Same(time, options.TimeProvider);
    }

    [Fact]
    public void OptionsChangedLater_LeaveTheClient()
    {
        var time = new VirtualTimeProvider();
        RemoteRenderingClientOptions options = new ScriptedService { Time = time }.Options();
        options.ClientId = "mine";
        RemoteRenderingClient client = Create(options);

        options.ClientId = "another";
        options.TimeProvider = new VirtualTimeProvider();
        options.LoggerFactory = NullLoggerFactory.Instance;

        Assert.Equal("mine", client.ClientId);
        Assert.Same(time, client.TimeProvider);
        Assert.Same(TestLog.Factory, client.Logger);
    }

    /// <summary>The library's own transport and retry policy stand in the options only while a pipeline is built.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Options_AfterAClientWasMade_AreThoseOfTheUser(bool isLoggingContentEnabled)
    {
        RemoteRenderingClientOptions options = new ScriptedService().Options();
        options.Diagnostics.IsLoggingContentEnabled = isLoggingContentEnabled;
        HttpPipelineTransport transport = options.Transport;

        Create(options);

        Assert.Same(transport, options.Transport);
        Assert.Null(options.RetryPolicy);
        Assert.Equal(isLoggingContentEnabled, options.Diagnostics.IsLoggingContentEnabled);
    }

    private static RemoteRenderingClient Create(RemoteRenderingClientOptions options)
        => new(ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new AzureKeyCredential("key"), options);
}
