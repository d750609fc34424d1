using RemoteRendering.Sessions.TestProgram;

return args switch
{
    ["embed", var ports] => await EmbeddingProgram.RunAsync(ports),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("embed none|http|https");
    return 2;
}
