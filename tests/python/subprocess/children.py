"""Children: their output, input, status, and what cannot be started."""
import asyncio, os, subprocess

print(subprocess.run(['echo', 'hi'], capture_output=True))
print(subprocess.run('echo out; echo err >&2; exit 3', shell=True, capture_output=True, text=True))
print(subprocess.run('echo 1; echo 2 >&2; echo 3', shell=True, stdout=-1, stderr=subprocess.STDOUT, text=True).stdout)
print(subprocess.run(['cat'], input='some input\n' * 3, capture_output=True, text=True).stdout)
print(len(subprocess.run(['cat'], input=b'x' * 300000, capture_output=True).stdout))
for args, kwargs in ((['/nonexistent'], {}), (['ls'], {'cwd': '/nonexistent'}), (['/etc/passwd'], {})):
    try:
        subprocess.run(args, **kwargs)
    except OSError as e:
        print(type(e).__name__, e)
try:
    subprocess.run(['sleep', '5'], timeout=0.1)
except subprocess.TimeoutExpired as e:
    print(e.cmd)
try:
    subprocess.check_output(['false'])
except subprocess.CalledProcessError as e:
    print(e)
p = subprocess.Popen(['cat'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
p.stdin.write(b'abc\n')
p.stdin.flush()
print(p.stdout.readline(), p.poll())
p.stdin.close()
print(p.stdout.read(), p.wait())
p.stdout.close()
p = subprocess.Popen(['sleep', '10'])
p.terminate()
print(p.wait())
print(subprocess.run(['sh', '-c', 'echo $WORD'], env={'WORD': 'given', 'PATH': os.environ['PATH']}, stdout=-1).stdout)
print(os.system('exit 3'), os.popen('echo opened').read())


async def main():
    p = await asyncio.create_subprocess_exec('cat', stdin=-1, stdout=-1)
    print(await p.communicate(b'async'), p.returncode)


asyncio.run(main())
