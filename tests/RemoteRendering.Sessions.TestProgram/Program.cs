using RemoteRendering.Sessions.TestProgram;
using RemoteRendering.Sessions.TestProgram.Network;

return args switch
{
    ["embed", var ports] => await EmbeddingProgram.RunAsync(ports),
    ["network"] => await NetworkProgram.RunAsync(isShort: false),
    ["network", "short"] => await NetworkProgram.RunAsync(isShort: true),
    ["host", var address, var certificate] => await HostProgram.RunAsync(address, certificate),
    ["device", var endpoint, var store, var start] => await DeviceProgram.RunAsync(new Uri(endpoint), store, start == "again"),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "embed none|http|https; network [short]; host ADDRESS CERTIFICATE-FILE; device ENDPOINT STORE-FILE first|again");
    return 2;
}
