using Consumers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RemoteRendering.Sessions;
using RemoteRendering.Sessions.DependencyInjection;
using RemoteRendering.Sessions.Emulator;

// Two clients from settings, over a real port.
await using SessionEmulator emulator = await SessionEmulator.StartAsync(options => options.HttpPort = 0);
IConfiguration configuration = new ConfigurationBuilder()
    .AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["RemoteRendering:Endpoint"] = emulator.Endpoint.ToString(),
        ["RemoteRendering:AccountId"] = emulator.AccountId.ToString(),
        ["RemoteRendering:Credential:AccountKey"] = emulator.AccountKey,
    })
    .Build();

var services = new ServiceCollection();
services.AddRemoteRendering(configuration.GetSection("RemoteRendering"));
services.AddRemoteRendering("second", configuration.GetSection("RemoteRendering"));
await using ServiceProvider provider = services.BuildServiceProvider();
provider.ValidateRemoteRendering();

return await Journey.RunAsync(
    provider.GetRequiredService<RemoteRenderingClient>(), provider.GetRequiredKeyedService<RemoteRenderingClient>("second"));
