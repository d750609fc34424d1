using System.Globalization;

namespace RemoteRendering.Sessions.TestProgram.Network;

/// <summary>
/// Two network namespaces with a wire between them. Packets vanish by a wrong address of the neighbour on the wire: neither end is told
/// anything.
/// </summary>
internal sealed class NetworkPair : IAsyncDisposable
{
    private const string Nowhere = "02:00:00:00:00:01";

    private readonly string _id;

    private NetworkPair(string id) => _id = id;

    public string HostSpace => $"rrs-{_id}-h";

    public string DeviceSpace => $"rrs-{_id}-d";

    public const string HostAddress = "10.99.0.1";

    public string DeviceAddress { get; private set; } = "10.99.0.2";

    public static async Task<NetworkPair> CreateAsync(int number)
    {
        var pair = new NetworkPair(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{number}"));
        try
        {
            foreach (string space in new[] { pair.HostSpace, pair.DeviceSpace })
            {
                await Ip("netns", "add", space);
                await Ip("-n", space, "link", "set", "lo", "up");
            }

            await Ip("link", "add", "wire", "netns", pair.HostSpace, "type", "veth", "peer", "name", "wire", "netns", pair.DeviceSpace);
            await Ip("-n", pair.HostSpace, "addr", "add", HostAddress + "/24", "dev", "wire");
            await Ip("-n", pair.DeviceSpace, "addr", "add", pair.DeviceAddress + "/24", "dev", "wire");
            await Ip("-n", pair.HostSpace, "link", "set", "wire", "up");
            await Ip("-n", pair.DeviceSpace, "link", "set", "wire", "up");
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    /// <summary>From now on what the device sends is lost.</summary>
    public Task LoseToHostAsync()
        => Ip("-n", DeviceSpace, "neigh", "replace", HostAddress, "lladdr", Nowhere, "dev", "wire", "nud", "permanent");

    /// <summary>From now on what the host sends is lost.</summary>
    public Task LoseToDeviceAsync()
        => Ip("-n", HostSpace, "neigh", "replace", DeviceAddress, "lladdr", Nowhere, "dev", "wire", "nud", "permanent");

    public async Task RestoreAsync()
    {
        await Ip("-n", DeviceSpace, "neigh", "flush", "nud", "permanent", "dev", "wire");
        await Ip("-n", HostSpace, "neigh", "flush", "nud", "permanent", "dev", "wire");
    }

    /// <summary>Resets every connection of the host.</summary>
    public Task ResetAsync() => Shell.RunAsync("ip", "netns", "exec", HostSpace, "ss", "-K", "dst", DeviceAddress);

    /// <summary>The device gets another address, and the one it had is gone.</summary>
    public async Task ChangeDeviceAddressAsync()
    {
        string before = DeviceAddress;
        DeviceAddress = "10.99.0.3";
        await Ip("-n", DeviceSpace, "addr", "del", before + "/24", "dev", "wire");
        await Ip("-n", DeviceSpace, "addr", "add", DeviceAddress + "/24", "dev", "wire");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string space in new[] { HostSpace, DeviceSpace })
        {
            try
            {
                await Ip("netns", "del", space);
            }
            catch (TrialException)
            {
                // It was never made.
            }
        }
    }

    private static Task<string> Ip(params string[] arguments) => Shell.RunAsync("ip", arguments);
}
