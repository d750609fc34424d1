using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Consumers;
using RemoteRendering.Sessions;

if (RuntimeFeature.IsDynamicCodeSupported)
{
    Console.Error.WriteLine("This is not a native program.");
    return 1;
}

// What `rrs emulator` prints when it is ready.
using JsonDocument announcement = JsonDocument.Parse(args[0]);
string Setting(string name) => announcement.RootElement.GetProperty(name).GetString()!;
RemoteRenderingClient MakeClient() => new(
    new Uri(Setting("http")), Guid.Parse(Setting("accountId")), Setting("accountDomain"), new AzureKeyCredential(Setting("accountKey")));

return await Journey.RunAsync(MakeClient(), MakeClient());
