using System.Net;
using System.Net.Sockets;
using System.Text;
using RemoteRendering.Sessions.Service.Hosting;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Hosting;

/// <summary>A client that sends its body drop by drop does not hold a request for ever.</summary>
public sealed class SlowBodyTests
{
    private const string Head =
        "PUT /accounts/5f1d7a60-9c52-4d4b-8f0e-0000c0ffee00/sessions/slow?api-version=2021-01-01 HTTP/1.1\r\nHost: "
        + "localhost\r\nContent-Type: application/json\r\n";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("Content-Length: 44\r\n\r\n", "{")]
    [InlineData("Content-Length: 44\r\n\r\n", "")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n", "1\r\n{\r\n")]
    public async Task Body_NotThereInTime_Answers408AndCloses(string framing, string begin)
    {
        var time = new VirtualTimeProvider();
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.HttpPort = 0;
            options.SocketTime = time;
        });
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, emulator.HttpEndpoint!.Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Head + framing + begin));
        await time.WaitForTimersAsync(1).WaitAsync(_patience);

        await time.PassAsync(ServiceHttp.BodyTimeout - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, time.PendingTimers);
        await time.PassAsync(TimeSpan.FromMilliseconds(1));

        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 408 Request Timeout", await reader.ReadLineAsync().WaitAsync(_patience));
        var headers = new List<string>();
        while (await reader.ReadLineAsync().WaitAsync(_patience) is { Length: > 0 } header)
        {
            headers.Add(header);
        }

        Assert.Contains("Connection: close", headers);
        EmulatorRequest logged = Assert.Single(emulator.Requests);
        Assert.Equal(408, logged.Status);
        Assert.Empty(emulator.Sessions);
        Assert.Equal(0, time.PendingTimers);
    }

    [Fact]
    public async Task Body_SlowButInTime_IsTaken()
    {
        var time = new VirtualTimeProvider();
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.HttpPort = 0;
            options.SocketTime = time;
        });
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, emulator.HttpEndpoint!.Port);
        await using NetworkStream stream = client.GetStream();
        string body = """{"maxLeaseTimeMinutes":4,"size":"Standard"}""";
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"{Head}Authorization: Bearer {emulator.CreateAccessToken()}\r\nContent-Length: {body.Length}\r\n\r\n{body[..9]}"));
        await time.WaitForTimersAsync(1).WaitAsync(_patience);

        await time.PassAsync(ServiceHttp.BodyTimeout - TimeSpan.FromMilliseconds(1));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(body[9..]));

        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 201 Created", await reader.ReadLineAsync().WaitAsync(_patience));
        Assert.Equal(0, time.PendingTimers);
    }
}
