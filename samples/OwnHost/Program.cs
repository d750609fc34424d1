using OwnHost;
using RemoteRendering.Sessions.Host;

// snippet: own-host
// The host: one session, which ends in an hour, and one feature. Both are in this folder.
await using var host = new RenderingHost(new OneSession("my-session", "my-token", TimeSpan.FromHours(1)), [new CounterFeature()]);

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls(args is [var address] ? address : "http://127.0.0.1:0");
await using WebApplication app = builder.Build();
app.UseWebSockets();
app.MapRemoteRenderingHost("/", host);
await app.StartAsync();
// end snippet

if (args.Length > 0)
{
    Console.WriteLine($"Listening on {app.Urls.Single()}. Ctrl-C ends it.");
    await app.WaitForShutdownAsync();
    return;
}

// A device, which speaks the protocol by hand: it binds the session, asks three times, and leaves.
using var device = new Device();
string key = new('0', 64);
await device.ConnectAsync(new Uri(app.Urls.Single().Replace("http:", "ws:")), "my-token");
Console.WriteLine(await device.CallAsync($$$"""
    {"jsonrpc":"2.0","id":0,"method":"bind","params":{"protocol":1,"sessionId":"my-session","clientId":"me","bindingKey":"{{{key}}}"}}
    """));
Console.WriteLine(await device.CallAsync("""{"jsonrpc":"2.0","id":1,"method":"increment"}"""));
Console.WriteLine(await device.CallAsync("""{"jsonrpc":"2.0","id":2,"method":"increment"}"""));
Console.WriteLine(await device.CallAsync("""{"jsonrpc":"2.0","id":3,"method":"unbind"}"""));
