import { crowd } from './index.js';

Object.assign(window, { crowd });
