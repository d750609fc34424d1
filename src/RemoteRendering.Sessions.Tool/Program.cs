using RemoteRendering.Sessions.Tool;

return await ToolCommand.RunAsync(args, Console.Out, Console.Error, Environment.GetEnvironmentVariable).ConfigureAwait(false);
