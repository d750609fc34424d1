using System.Reflection;
using System.Runtime.Versioning;

namespace RemoteRendering.Sessions.NetStandard.Tests;

public class TargetFrameworkTests
{
    [Fact]
    public void Core_LoadedHere_IsTheNetStandardAssembly() =>
        Assert.Equal(
            ".NETStandard,Version=v2.0",
            typeof(RemoteRenderingClient).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName);
}
