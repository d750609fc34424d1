using System.Reflection;
using System.Runtime.Versioning;
using Consumers;
using RemoteRendering.Sessions;
using RemoteRendering.Sessions.Emulator;

string? framework = typeof(RemoteRenderingClient).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()?.FrameworkName;
Console.WriteLine(framework);
if (framework != ".NETStandard,Version=v2.0")
{
    return 1;
}

await using SessionEmulator emulator = await SessionEmulator.StartAsync();
return await Journey.RunAsync(emulator.CreateClient(), emulator.CreateClient());
