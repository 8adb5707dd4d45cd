import { StandInCamera } from '../../../../hal/adapters/camera/camera-stand-in.js';
import type { HostCamera } from '../../../../hal/adapters/camera/host-camera.js';
import { describeCameraFrames } from '../../contracts/camera-frames.suite.js';
import { describeCameraPower } from '../../contracts/camera-power.suite.js';
import { describeRecorder } from '../../contracts/recorder.suite.js';
import { HostBench } from './host-bench.js';

/** Nothing goes wrong with it but that it comes to lack something: so its frames, or its confirmations, are kept back. */
function withholding(camera: HostCamera) {
  let frames = true;
  let confirmations = true;
  const withheld: HostCamera = {
    setPowered: (powered) => camera.setPowered(powered),
    close: () => camera.close(),
    cameraFrames: { watch: (listener) => camera.cameraFrames.watch((...frame) => void (frames && listener(...frame))) },
    recorder: {
      start: () => camera.recorder.start(),
      stop: () => camera.recorder.stop(),
      watch: (listener) => camera.recorder.watch((captureMs) => void (confirmations && listener(captureMs))),
    },
  };
  return {
    camera: withheld,
    trouble: (trouble: string) => void (frames = trouble === 'none'),
    troubleRecorder: (trouble: string) => void (confirmations = trouble === 'none'),
  };
}

const makeBench = () => Promise.resolve(new HostBench((clock) => withholding(new StandInCamera(clock))));

describeCameraFrames('stand-in', makeBench);
describeRecorder('stand-in', makeBench);
describeCameraPower('shared with a camera of the host', makeBench);
