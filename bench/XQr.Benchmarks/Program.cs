using BenchmarkDotNet.Running;
using XQr.Benchmarks;

switch (args)
{
    case ["compare-rendering"]:
        RenderingComparison.Run();
        break;
    case ["first-render"]:
        RenderingComparison.RunCold();
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
